#pragma once

#include <cstdint>
#include <string_view>

namespace openbook {

/// Where long work tells how far it is. Implementations print (cli), send (serve) or forget; calls may come from any
/// thread, and must be quick.
class Progress {
 public:
  virtual ~Progress() = default;
  /// `done` of `total` items are finished (total 0: not known yet); `item` is the one that was just finished or begun.
  virtual void advance(std::uint64_t done, std::uint64_t total, std::string_view item) = 0;
};

/// Tells nobody.
class NoProgress final : public Progress {
 public:
  void advance(std::uint64_t, std::uint64_t, std::string_view) override {}
};

}  // namespace openbook
