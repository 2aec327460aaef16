#pragma once

#include <memory>
#include <string_view>

#include "read/reader.h"

namespace openbook::read {

/// The marks of PNG, JPEG, TIFF, BMP, WebP, PNM and GIF files.
bool sniff_image(std::string_view head);

/// A picture of text → Document, by ReadOptions::ocr. Boxes are in pixels. Errors: Unsupported without a recogniser,
/// Corrupt when the picture is damaged.
std::unique_ptr<Reader> make_image_reader();

}  // namespace openbook::read
