#pragma once

#include <memory>
#include <string_view>

#include "read/reader.h"

namespace openbook::read {

/// E-mail (RFC 5322, MIME): a short block of headers, the body (the better of alternative forms), forwarded messages
/// in order, text attachments in full and the others by name. Subject becomes the title; from, to, cc, date and
/// message-id the metadata. Read leniently: what is damaged is read as far as it makes sense.
std::unique_ptr<Reader> make_eml_reader();
bool sniff_eml(std::string_view head);

}  // namespace openbook::read
