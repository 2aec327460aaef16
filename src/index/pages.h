#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

/// Where a segment's bytes lie: the seam between the index, which knows no database, and the store, which keeps them.
namespace openbook::index {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Appends bytes [offset, offset + size) to `out`. Corrupt if they are not there.
  virtual Status read(std::uint64_t offset, std::size_t size, std::string& out) = 0;
};

class ByteSink {
 public:
  virtual ~ByteSink() = default;
  virtual Status write(std::string_view bytes) = 0;
};

/// Bytes in memory: for tests and small things.
class MemoryBytes final : public ByteSource, public ByteSink {
 public:
  Status read(std::uint64_t offset, std::size_t size, std::string& out) override {
    if (offset > bytes.size() || size > bytes.size() - offset)
      return fail(Code::Corrupt, "segment bytes end at " + std::to_string(bytes.size()) + ", asked for " +
                                     std::to_string(offset) + " + " + std::to_string(size));
    out.append(bytes, offset, size);
    return {};
  }
  Status write(std::string_view more) override {
    bytes.append(more);
    return {};
  }
  std::string bytes;
};

}  // namespace openbook::index
