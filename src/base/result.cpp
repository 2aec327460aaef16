#include "base/result.h"

namespace openbook {

const char* name_of(Code code) {
  switch (code) {
    case Code::InvalidInput:
      return "invalid_input";
    case Code::NotFound:
      return "not_found";
    case Code::Unsupported:
      return "unsupported";
    case Code::Corrupt:
      return "corrupt";
    case Code::Io:
      return "io";
    case Code::OverLimit:
      return "over_limit";
    case Code::Cancelled:
      return "cancelled";
    case Code::Unavailable:
      return "unavailable";
    case Code::Bug:
      return "bug";
  }
  return "bug";
}

std::string Error::text() const {
  std::string text;
  for (auto step = trail.rbegin(); step != trail.rend(); ++step) text += *step + ": ";
  return text + message;
}

}  // namespace openbook
