#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace openbook::index {

/// Bits one after another, each byte filled from its lowest bit.
class BitWriter {
 public:
  /// Up to 32 bits, lowest first.
  void bits(std::uint32_t value, std::uint32_t count) {
    pending_ |= std::uint64_t{value} << filled_;
    filled_ += count;
    for (; filled_ >= 8; filled_ -= 8, pending_ >>= 8) bytes_.push_back(static_cast<char>(pending_ & 0xff));
  }
  /// `value` zeros and a one.
  void unary(std::uint32_t value) {
    for (; value >= 32; value -= 32) bits(0, 32);
    bits(std::uint32_t{1} << value, value + 1);
  }
  /// The bytes so far, the last one filled up with zeros.
  std::string take() {
    if (filled_ > 0) bytes_.push_back(static_cast<char>(pending_ & 0xff));
    return std::move(bytes_);
  }

 private:
  std::string bytes_;
  std::uint64_t pending_ = 0;
  std::uint32_t filled_ = 0;
};

/// Reads what BitWriter wrote; past the end come ones, and failed() says so.
class BitReader {
 public:
  explicit BitReader(std::string_view bytes) : bytes_(bytes) {}
  std::uint32_t bits(std::uint32_t count) {
    while (filled_ < count) refill();
    const auto value = static_cast<std::uint32_t>(pending_ & ((std::uint64_t{1} << count) - 1));
    pending_ >>= count;
    filled_ -= count;
    return value;
  }
  std::uint32_t unary() {
    std::uint32_t value = 0;
    while (bits(1) == 0) ++value;
    return value;
  }
  bool failed() const { return past_end_ * 8 > filled_; }
  /// Bytes that no bit was taken from.
  std::size_t unused() const { return bytes_.size() - at_ + (filled_ / 8 > past_end_ ? filled_ / 8 - past_end_ : 0); }

 private:
  void refill() {
    const bool inside = at_ < bytes_.size();
    const std::uint64_t byte = inside ? static_cast<unsigned char>(bytes_[at_++]) : 0xff;
    past_end_ += inside ? 0 : 1;
    pending_ |= byte << filled_;
    filled_ += 8;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  std::size_t past_end_ = 0;
  std::uint64_t pending_ = 0;
  std::uint32_t filled_ = 0;
};

}  // namespace openbook::index
