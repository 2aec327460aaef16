#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace openbook::e2e {

/// Writes ZIP archives (PKWARE APPNOTE 6.3.3, without ZIP64), good ones and bombs: a file of zeros costs time and space
/// of its compressed size only.
class ZipWriter {
 public:
  /// A file, deflated.
  void add(std::string_view name, std::string_view bytes);

  /// `before`, then `mebibytes` MiB of the byte `filler`, then `after`: the middle is one deflated MiB repeated.
  void add_bomb(std::string_view name, std::string_view before, char filler, std::uint32_t mebibytes,
                std::string_view after);

  /// The archive so far, closed with its directory.
  std::string finish() const;

 private:
  void add_deflated(std::string_view name, std::string_view deflated, std::uint32_t crc, std::uint32_t size);

  std::string files_;
  std::string directory_;
  std::uint16_t count_ = 0;
};

}  // namespace openbook::e2e
