#include "read/pdf_sniff.h"

namespace openbook::read {

bool sniff_pdf(std::string_view head) {
  return head.substr(0, 1024).find("%PDF-") != std::string_view::npos;
}

}  // namespace openbook::read
