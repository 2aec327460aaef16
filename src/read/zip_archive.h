#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"

/// ZIP files from strangers: DOCX, XLSX, PPTX and EPUB are all ZIP archives.
namespace openbook::read {

/// What an archive may cost. The defaults hold for any office document that a person has made.
struct ZipLimits {
  std::size_t max_entries = 100'000;
  std::uint64_t max_part_bytes = 256u << 20;    ///< Of one part read whole.
  std::uint64_t max_stream_bytes = 1ull << 30;  ///< Of one part read in pieces.
  std::uint64_t max_total_bytes = 3ull << 29;   ///< Of everything read from the archive together (1.5 GiB).
  std::uint64_t max_ratio = 400;                ///< Unpacked to packed size (deflate's own limit is 1032) …
  std::uint64_t ratio_free_bytes = 24u << 20;   ///< … of parts larger than this.
};

class ZipStream;

/// The parts of one archive in memory, unpacked one at a time and never nested. Names are found as Office finds them:
/// without regard to ASCII case, with "/" or "\". An archive whose directory is missing (a broken download) is read by
/// its local headers as far as it goes; is_salvaged() tells. Not safe concurrently; the bytes must outlive it.
class ZipArchive {
 public:
  /// Errors: Corrupt (no ZIP, or nothing in it), OverLimit (too many entries).
  static Result<ZipArchive> open(std::string_view bytes, const ZipLimits& limits = {});
  ~ZipArchive();
  ZipArchive(ZipArchive&&) noexcept;
  ZipArchive& operator=(ZipArchive&&) noexcept;

  bool contains(std::string_view name) const;
  /// Every part's name as stored, in the order of the archive.
  std::vector<std::string> names() const;
  bool is_salvaged() const;

  /// A whole part. Errors: NotFound, Corrupt (checksum, broken data), Unsupported (encrypted part), OverLimit.
  Result<std::string> read(std::string_view name);

  /// A part in pieces; the archive must outlive the stream.
  Result<ZipStream> stream(std::string_view name);

 private:
  friend class ZipStream;
  struct State;
  explicit ZipArchive(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Pieces of one part, in order.
class ZipStream {
 public:
  ~ZipStream();
  ZipStream(ZipStream&&) noexcept;
  ZipStream& operator=(ZipStream&&) noexcept;

  /// Appends up to about 256 KiB to `into`; false at the part's end. Errors: Corrupt, OverLimit.
  Result<bool> next(std::string& into);

 private:
  friend class ZipArchive;
  struct State;
  explicit ZipStream(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace openbook::read
