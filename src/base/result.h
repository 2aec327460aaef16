#pragma once

#include <expected>
#include <string>
#include <utility>
#include <vector>

/// Errors are values. Every call that can fail for a reason outside the program returns Result<T>; the message tells a
/// person what was found, what is allowed and what to do next, and each level on the way up adds where it happened.
namespace openbook {

/// What the caller can do about it. The numbers are frozen: they appear in JSON and in worker frames.
enum class Code : int {
  InvalidInput = 1,  ///< The caller asked for something that makes no sense: correct the request.
  NotFound = 2,      ///< The thing named does not exist.
  Unsupported = 3,   ///< A valid thing that this build or version cannot do.
  Corrupt = 4,       ///< Data from outside is damaged.
  Io = 5,            ///< The operating system refused: permissions, full disk, broken pipe.
  OverLimit = 6,     ///< A limit on size, time or memory was reached; the message names it.
  Cancelled = 7,     ///< The caller's stop token asked for it.
  Unavailable = 8,   ///< Busy or unreachable now; trying again may help.
  Bug = 9,           ///< Our own invariant is broken: report it.
};

/// Stable lower-case name of a code ("invalid_input"), for JSON.
const char* name_of(Code code);

struct [[nodiscard]] Error {
  Code code = Code::Bug;
  std::string message;
  std::vector<std::string> trail;  ///< Where it happened, innermost first: "page 12", "report.pdf".

  /// Adds one step of the way up and gives the error on.
  Error at(std::string where) && {
    trail.push_back(std::move(where));
    return std::move(*this);
  }

  /// "report.pdf: page 12: xref table at 9912 is damaged", outermost first.
  std::string text() const;
};

template <typename T>
using Result = std::expected<T, Error>;
using Status = Result<void>;

inline std::unexpected<Error> fail(Code code, std::string message) {
  return std::unexpected(Error{code, std::move(message), {}});
}
inline std::unexpected<Error> fail(Error error) {
  return std::unexpected(std::move(error));
}

}  // namespace openbook

#define OB_CONCAT_(a, b) a##b
#define OB_CONCAT(a, b) OB_CONCAT_(a, b)

/// OB_TRY(const int page, to_page(s)); declares the variable or returns the error from the enclosing function.
#define OB_TRY(declaration, expression) OB_TRY_(declaration, expression, OB_CONCAT(ob_result_, __LINE__))
#define OB_TRY_(declaration, expression, result)                  \
  auto result = (expression);                                     \
  if (!result) return std::unexpected(std::move(result).error()); \
  declaration = *std::move(result)

/// Returns the error of a Status from the enclosing function, if it holds one.
#define OB_RETURN_IF_ERROR(expression)                                                                   \
  do {                                                                                                   \
    if (auto ob_status = (expression); !ob_status) return std::unexpected(std::move(ob_status).error()); \
  } while (false)
