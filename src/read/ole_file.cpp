#include "read/ole_file.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace openbook::read {
namespace {

constexpr std::uint32_t kEndOfChain = 0xFFFFFFFEu, kLastSector = 0xFFFFFFFAu;
constexpr std::size_t kEntryBytes = 128, kHeaderBytes = 512;

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  std::uint32_t number = 0;
  if (at + 4 > bytes.size()) return kEndOfChain;
  for (std::size_t i = 0; i < 4; ++i)
    number |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  return number;
}

class OleFile {
 public:
  explicit OleFile(std::string_view bytes) : bytes_(bytes) {}

  Status open() {
    const auto shift = static_cast<unsigned char>(bytes_.size() > kHeaderBytes ? bytes_[0x1E] : 0);
    if (shift != 9 && shift != 12) return fail(Code::Corrupt, "the OLE container's header is damaged");
    sector_bytes_ = std::size_t{1} << shift;
    std::vector<std::uint32_t> tables;
    for (std::size_t i = 0; i < 109; ++i) tables.push_back(number_at(bytes_, 0x4C + 4 * i));
    std::uint32_t more = number_at(bytes_, 0x44);
    for (std::size_t i = 0; more < kLastSector && i <= bytes_.size() / sector_bytes_; ++i) {
      const std::string_view part = sector(more);
      if (part.size() < sector_bytes_) break;
      for (std::size_t at = 0; at + 8 <= sector_bytes_; at += 4) tables.push_back(number_at(part, at));
      more = number_at(part, sector_bytes_ - 4);
    }
    for (const std::uint32_t table : tables) {
      if (next_.size() > bytes_.size() / sector_bytes_) break;  // Every sector has its entry; the rest is a trap.
      if (table >= kLastSector) continue;
      const std::string_view part = sector(table);
      for (std::size_t at = 0; at + 4 <= part.size(); at += 4) next_.push_back(number_at(part, at));
    }
    OB_TRY(directory_, chain(number_at(bytes_, 0x30), bytes_.size()));
    return {};
  }

  Result<std::string> stream(std::string_view name) const {
    for (std::size_t at = 0; at + kEntryBytes <= directory_.size(); at += kEntryBytes) {
      const std::string_view entry = std::string_view(directory_).substr(at, kEntryBytes);
      if (entry[66] != 2 || !is_named(entry, name)) continue;
      const std::size_t size = number_at(entry, 120);
      const std::uint32_t first = number_at(entry, 116);
      if (size > bytes_.size()) return fail(Code::Corrupt, "stream " + std::string(name) + " is longer than its file");
      OB_TRY(std::string content, size < number_at(bytes_, 0x38) ? small_chain(first, size) : chain(first, size));
      if (content.size() < size) return fail(Code::Corrupt, "stream " + std::string(name) + " is cut off");
      content.resize(size);
      return content;
    }
    return fail(Code::NotFound, "the OLE container has no stream " + std::string(name));
  }

 private:
  static bool is_named(std::string_view entry, std::string_view name) {
    for (std::size_t i = 0; i < name.size(); ++i)
      if (entry[2 * i] != name[i] || entry[2 * i + 1] != 0) return false;
    return entry[2 * name.size()] == 0 && entry[2 * name.size() + 1] == 0;
  }

  std::string_view sector(std::uint32_t number) const {
    const std::size_t at = (std::size_t{number} + 1) * sector_bytes_;
    return at >= bytes_.size() ? std::string_view() : bytes_.substr(at, sector_bytes_);
  }

  /// Sectors from `first` on until `size` bytes are there.
  Result<std::string> chain(std::uint32_t first, std::size_t size) const {
    std::string content;
    std::size_t steps = 0;
    for (std::uint32_t at = first; at < kLastSector && content.size() < size;
         at = at < next_.size() ? next_[at] : kEndOfChain) {
      const std::string_view part = sector(at);
      if (part.empty() || ++steps > bytes_.size() / sector_bytes_ + 1)
        return fail(Code::Corrupt, "a chain of sectors in the OLE container is damaged");
      content += part;
    }
    return content;
  }

  /// Streams below the cutoff live in small sectors of 64 bytes inside the root entry's stream.
  Result<std::string> small_chain(std::uint32_t first, std::size_t size) const {
    constexpr std::size_t kSmall = 64;
    OB_TRY(const std::string links, chain(number_at(bytes_, 0x3C), bytes_.size()));
    OB_TRY(const std::string pool, chain(number_at(directory_, 116), number_at(directory_, 120)));
    std::string content;
    for (std::uint32_t at = first; at < kLastSector && content.size() < size;
         at = number_at(links, std::size_t{at} * 4)) {
      if (std::size_t{at} * kSmall >= pool.size())
        return fail(Code::Corrupt, "a small stream of the OLE container is damaged");
      content.append(pool, std::size_t{at} * kSmall, kSmall);
    }
    return content;
  }

  std::string_view bytes_;
  std::size_t sector_bytes_ = 512;
  std::vector<std::uint32_t> next_;
  std::string directory_;
};

}  // namespace

bool is_ole_file(std::string_view bytes) {
  return bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
}

Result<std::string> read_ole_stream(std::string_view ole_bytes, std::string_view name) {
  if (name.size() > 31) return fail(Code::NotFound, "names in OLE containers have at most 31 letters");
  OleFile file(ole_bytes);
  OB_RETURN_IF_ERROR(file.open());
  return file.stream(name);
}

}  // namespace openbook::read
