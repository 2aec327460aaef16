#pragma once

#include <string>
#include <string_view>

#include "book/document.h"

namespace openbook::read {

/// What every reader does last: names the format, finds the language where none is known, takes the first heading or
/// the file's name (without extension) for a title where there is none.
void finish_document(const book::Blob& blob, std::string_view format, book::Document& document);

/// A document with the blob's uri, to be filled.
book::Document begin_document(const book::Blob& blob);

}  // namespace openbook::read
