#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Little-endian and variable-length integers in byte strings: the alphabet of every file format of ours.
namespace openbook {

class ByteWriter {
 public:
  void u8(std::uint8_t value) { bytes_.push_back(static_cast<char>(value)); }
  void u32(std::uint32_t value);
  void u64(std::uint64_t value);
  void f32(float value);
  void varint(std::uint64_t value);   ///< LEB128, 1 to 10 bytes.
  void zigzag(std::int64_t value);    ///< Signed, small magnitudes short.
  void text(std::string_view value);  ///< varint length, then the bytes.
  void raw(std::string_view value) { bytes_.append(value); }
  const std::string& bytes() const { return bytes_; }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Reads what ByteWriter wrote. Never reads past the end: the first impossible read sets failed() and every later one
/// gives zero, so that a parser checks once at the end of a structure. The bytes must outlive the reader.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}
  std::uint8_t u8();
  std::uint32_t u32();
  std::uint64_t u64();
  float f32();
  std::uint64_t varint();
  std::int64_t zigzag();
  std::string_view text();
  std::string_view raw(std::size_t size);
  std::size_t remaining() const { return bytes_.size(); }
  bool failed() const { return failed_; }

 private:
  std::string_view bytes_;
  bool failed_ = false;
};

}  // namespace openbook
