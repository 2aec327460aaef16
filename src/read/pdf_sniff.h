#pragma once

#include <string_view>

namespace openbook::read {

/// "%PDF-" within the first 1,024 bytes (ISO 32000-1, implementation note 13: viewers accept it there).
bool sniff_pdf(std::string_view head);

}  // namespace openbook::read
