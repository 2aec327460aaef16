#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace openbook::index {

/// A set of slots. const methods are safe concurrently.
class Bitmap {
 public:
  Bitmap() = default;
  explicit Bitmap(std::size_t size, bool value = false)
      : size_(size), words_((size + 63) / 64, value ? ~std::uint64_t{0} : 0) {
    if (value && size % 64 != 0) words_.back() = (std::uint64_t{1} << (size % 64)) - 1;
  }

  /// `words` hold slot 0 in the lowest bit of the first; missing words are empty, bits past `size` are cleared.
  static Bitmap from_words(std::vector<std::uint64_t> words, std::size_t size) {
    Bitmap bitmap(size);
    for (std::size_t i = 0; i < bitmap.words_.size() && i < words.size(); ++i) bitmap.words_[i] = words[i];
    if (size % 64 != 0) bitmap.words_.back() &= (std::uint64_t{1} << (size % 64)) - 1;
    return bitmap;
  }
  const std::vector<std::uint64_t>& words() const { return words_; }

  std::size_t size() const { return size_; }
  bool test(std::size_t at) const { return (words_[at / 64] >> (at % 64)) & 1; }
  void set(std::size_t at) { words_[at / 64] |= std::uint64_t{1} << (at % 64); }
  void clear(std::size_t at) { words_[at / 64] &= ~(std::uint64_t{1} << (at % 64)); }
  void set_range(std::size_t begin, std::size_t end) {
    for (; begin < end; ++begin) set(begin);
  }
  void clear_range(std::size_t begin, std::size_t end) {
    for (; begin < end; ++begin) clear(begin);
  }
  void subtract(const Bitmap& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
  }
  /// Keeps what is in both; sizes must be equal.
  void intersect(const Bitmap& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
  }
  std::size_t count() const {
    std::size_t total = 0;
    for (const std::uint64_t word : words_) total += static_cast<std::size_t>(std::popcount(word));
    return total;
  }
  /// Is any of [begin, end) set? `begin` must be a multiple of 64.
  bool any_in(std::size_t begin, std::size_t end) const {
    for (std::size_t word = begin / 64; word < (end + 63) / 64 && word < words_.size(); ++word)
      if (words_[word] != 0) return true;
    return false;
  }

 private:
  std::size_t size_ = 0;
  std::vector<std::uint64_t> words_;
};

}  // namespace openbook::index
