#pragma once

#include <nlohmann/json_fwd.hpp>

namespace openbook {
using Json = nlohmann::ordered_json;
}
