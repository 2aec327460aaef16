#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// What can still be read of a ZIP archive without its directory (which stands at the end, so that a download cut off
/// has lost it): the local header before each part. Source: PKWARE APPNOTE 6.3.10, section 4.3.7.
namespace openbook::read {

struct SalvagedPart {
  std::string name;
  std::string_view packed;  ///< Of the archive's bytes; may run past the part's end where its size is unknown.
  int method = 0;           ///< 0 stored, 8 deflated.
  bool size_is_known = false;
};

/// The parts found from the beginning on, at most `max_entries`; none if the bytes do not begin like a ZIP archive.
std::vector<SalvagedPart> salvage_parts(std::string_view bytes, std::size_t max_entries);

/// Unpacks one salvaged part piece by piece. What is cut off is an error once the whole rest has been given.
class Inflater {
 public:
  static Result<std::unique_ptr<Inflater>> open(const SalvagedPart& part);
  ~Inflater();
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  /// Bytes written; 0 at the end.
  Result<std::size_t> read(std::span<char> piece);

 private:
  struct State;
  explicit Inflater(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace openbook::read
