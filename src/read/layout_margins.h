#pragma once

#include <vector>

#include "read/layout.h"

namespace openbook::read {

/// Takes out what stands again and again in the top or bottom margin: running headers and footers (compared with digits
/// masked, on odd and even pages) and page numbers. A document of one page keeps everything.
void drop_running_lines(std::vector<PageLayout>& pages);

}  // namespace openbook::read
