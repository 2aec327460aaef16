#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace openbook::index {

/// Numbers terms 0, 1, 2, … in the order they are first met: open addressing over one arena of bytes. About 20 bytes
/// a term beside the term. Holds at most 4 GiB of terms. Not safe concurrently.
class TermTable {
 public:
  TermTable();
  /// The term's number, given now if it is new.
  std::uint32_t number_of(std::string_view term);
  std::string_view term(std::uint32_t number) const {
    const std::uint32_t begin = number == 0 ? 0 : ends_[number - 1];
    return std::string_view(arena_).substr(begin, ends_[number] - begin);
  }
  std::uint32_t size() const { return static_cast<std::uint32_t>(ends_.size()); }
  const std::string& arena() const { return arena_; }
  const std::vector<std::uint32_t>& ends() const { return ends_; }
  std::size_t byte_size() const { return arena_.size() + 8 * ends_.size() + 8 * table_.size(); }
  /// Forgets all terms; costs as much as there were, not as large as the table once grew.
  void clear();

 private:
  struct Entry {
    std::uint32_t hash = 0;
    std::uint32_t number_plus_one = 0;  ///< 0: free.
  };
  void grow();

  std::string arena_;
  std::vector<std::uint32_t> ends_;
  std::vector<std::uint32_t> places_;  ///< Of each term in table_.
  std::vector<Entry> table_;           ///< Power of two, at most half full.
};

}  // namespace openbook::index
