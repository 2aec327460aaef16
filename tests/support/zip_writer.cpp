#include "support/zip_writer.h"

#include <zlib.h>

#include <stdexcept>

namespace openbook::e2e {

namespace {

void put(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(value >> (8 * i)));
}

/// Raw deflate of one stretch. Z_FULL_FLUSH ends it at a byte border without history, so that stretches can be joined
/// and repeated; Z_FINISH ends the stream.
std::string deflated(std::string_view bytes, int flush) {
  z_stream stream{};
  if (deflateInit2(&stream, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) != Z_OK) throw std::runtime_error("no deflate");
  std::string out(deflateBound(&stream, bytes.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, flush);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::uint32_t crc_of(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

}  // namespace

void ZipWriter::add(std::string_view name, std::string_view bytes) {
  add_deflated(name, deflated(bytes, Z_FINISH), crc_of(bytes), static_cast<std::uint32_t>(bytes.size()));
}

void ZipWriter::add_bomb(std::string_view name, std::string_view before, char filler, std::uint32_t mebibytes,
                         std::string_view after) {
  const std::string block(1 << 20, filler);
  const std::string packed = deflated(block, Z_FULL_FLUSH);
  std::string data = deflated(before, Z_FULL_FLUSH);
  std::uint32_t crc = crc_of(before);
  const std::uint32_t block_crc = crc_of(block);
  for (std::uint32_t i = 0; i < mebibytes; ++i) {
    data += packed;
    crc = static_cast<std::uint32_t>(crc32_combine(crc, block_crc, 1 << 20));
  }
  data += deflated(after, Z_FINISH);
  crc = static_cast<std::uint32_t>(crc32_combine(crc, crc_of(after), static_cast<z_off_t>(after.size())));
  const std::uint64_t size = before.size() + (std::uint64_t{mebibytes} << 20) + after.size();
  add_deflated(name, data, crc, static_cast<std::uint32_t>(size));
}

void ZipWriter::add_deflated(std::string_view name, std::string_view data, std::uint32_t crc, std::uint32_t size) {
  std::string common;
  put(common, 20, 2), put(common, 0x0800, 2), put(common, 8, 2);  // version 2.0, UTF-8 names, deflate
  put(common, 0x5a210000, 4);                                     // 2025-01-01 00:00
  put(common, crc, 4), put(common, static_cast<std::uint32_t>(data.size()), 4), put(common, size, 4);
  put(common, static_cast<std::uint32_t>(name.size()), 2), put(common, 0, 2);

  put(directory_, 0x02014b50, 4), put(directory_, 20, 2);
  directory_ += common;
  put(directory_, 0, 2), put(directory_, 0, 2), put(directory_, 0, 2), put(directory_, 0, 4);
  put(directory_, static_cast<std::uint32_t>(files_.size()), 4);
  directory_ += name;

  put(files_, 0x04034b50, 4);
  files_ += common;
  files_ += name;
  files_ += data;
  ++count_;
}

std::string ZipWriter::finish() const {
  std::string out = files_ + directory_;
  put(out, 0x06054b50, 4), put(out, 0, 4), put(out, count_, 2), put(out, count_, 2);
  put(out, static_cast<std::uint32_t>(directory_.size()), 4);
  put(out, static_cast<std::uint32_t>(files_.size()), 4), put(out, 0, 2);
  return out;
}

}  // namespace openbook::e2e
