#include "read/gunzip.h"

#include <zlib.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace openbook::read {
namespace {

struct EndInflate {
  void operator()(z_stream* stream) const {
    inflateEnd(stream);
    delete stream;
  }
};

}  // namespace

bool is_gzip(std::string_view bytes) {
  return bytes.starts_with("\x1F\x8B");
}

Status gunzip(std::string_view bytes, const std::function<Status(std::string_view piece)>& take) {
  std::unique_ptr<z_stream, EndInflate> stream(new z_stream{});
  if (inflateInit2(stream.get(), 15 + 16) != Z_OK) return fail(Code::Unavailable, "zlib cannot start: no memory");
  std::vector<char> out(std::size_t{256} << 10);
  std::size_t unpacked = 0, given = 0;
  while (true) {
    if (stream->avail_in == 0) {
      const std::size_t size = std::min<std::size_t>(bytes.size() - given, std::size_t{1} << 30);
      stream->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data() + given));
      stream->avail_in = static_cast<uInt>(size);
      given += size;
    }
    stream->next_out = reinterpret_cast<Bytef*>(out.data());
    stream->avail_out = static_cast<uInt>(out.size());
    const int status = inflate(stream.get(), Z_NO_FLUSH);
    const std::size_t size = out.size() - stream->avail_out;
    unpacked += size;
    if (unpacked > kMaxUnpacked) return fail(Code::OverLimit, "unpacks to more than 4 GiB; unpack and split the file");
    if (size > 0) OB_RETURN_IF_ERROR(take({out.data(), size}));
    if (status == Z_STREAM_END) {
      if (stream->avail_in == 0 && given == bytes.size()) return {};
      if (inflateReset(stream.get()) != Z_OK) return fail(Code::Corrupt, "the gzip data is damaged");
    } else if (status == Z_BUF_ERROR ||
               (status == Z_OK && size == 0 && stream->avail_in == 0 && given == bytes.size())) {
      return fail(Code::Corrupt, "the gzip data ends too early; copy the file again");
    } else if (status != Z_OK) {
      return fail(Code::Corrupt, "the gzip data is damaged after " + std::to_string(unpacked) + " unpacked bytes");
    }
  }
}

}  // namespace openbook::read
