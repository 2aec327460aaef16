#include "read/zip_salvage.h"

#include <zlib.h>

#include <algorithm>

#include "base/bytes.h"

namespace openbook::read {
namespace {

constexpr std::string_view kLocalHeader("PK\x03\x04", 4);
constexpr std::size_t kHeaderBytes = 30;

std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < size; ++i)
    number |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  return number;
}

}  // namespace

std::vector<SalvagedPart> salvage_parts(std::string_view bytes, std::size_t max_entries) {
  std::vector<SalvagedPart> parts;
  std::size_t at = bytes.starts_with(kLocalHeader) ? 0 : std::string_view::npos;
  while (at != std::string_view::npos && bytes.size() - at >= kHeaderBytes && parts.size() < max_entries) {
    const std::uint32_t flags = number_at(bytes, at + 6, 2);
    const std::size_t packed_size = number_at(bytes, at + 18, 4);
    const std::size_t name_size = number_at(bytes, at + 26, 2);
    const std::size_t data = at + kHeaderBytes + name_size + number_at(bytes, at + 28, 2);
    if (data > bytes.size()) break;
    SalvagedPart part;
    part.name = bytes.substr(at + kHeaderBytes, name_size);
    part.method = static_cast<int>(number_at(bytes, at + 8, 2));
    part.size_is_known = (flags & 8) == 0 && packed_size != 0xFFFFFFFFu && packed_size <= bytes.size() - data;
    const std::size_t next = part.size_is_known ? data + packed_size : bytes.find(kLocalHeader, data);
    part.packed = bytes.substr(data, next == std::string_view::npos ? next : next - data);
    if ((flags & 1) == 0) parts.push_back(std::move(part));
    at = bytes.find(kLocalHeader, next == std::string_view::npos ? bytes.size() : next);
  }
  return parts;
}

struct Inflater::State {
  SalvagedPart part;
  z_stream stream{};
  bool stored = false;
  bool ended = false;
};

Inflater::Inflater(std::unique_ptr<State> state) : state_(std::move(state)) {}

Inflater::~Inflater() {
  if (!state_->stored) inflateEnd(&state_->stream);
}

Result<std::unique_ptr<Inflater>> Inflater::open(const SalvagedPart& part) {
  auto state = std::make_unique<State>();
  state->part = part;
  state->stored = part.method == 0;
  if (part.method != 0 && part.method != Z_DEFLATED)
    return fail(Code::Unsupported, "part " + part.name + " is packed by method " + std::to_string(part.method));
  // zlib's interface is not const-correct; the input is only read.
  state->stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(part.packed.data()));
  state->stream.avail_in = static_cast<uInt>(std::min<std::size_t>(part.packed.size(), 0xFFFFFFFFu));
  if (!state->stored && inflateInit2(&state->stream, -MAX_WBITS) != Z_OK)
    return fail(Code::OverLimit, "not enough memory to unpack " + part.name);
  return std::unique_ptr<Inflater>(new Inflater(std::move(state)));
}

Result<std::size_t> Inflater::read(std::span<char> piece) {
  if (state_->ended) return 0;
  if (state_->stored) {
    const std::size_t count = std::min(piece.size(), state_->part.packed.size());
    std::copy_n(state_->part.packed.data(), count, piece.data());
    state_->part.packed.remove_prefix(count);
    return count;
  }
  z_stream& stream = state_->stream;
  stream.next_out = reinterpret_cast<Bytef*>(piece.data());
  stream.avail_out = static_cast<uInt>(piece.size());
  const int status = inflate(&stream, Z_NO_FLUSH);
  const std::size_t count = piece.size() - stream.avail_out;
  state_->ended = status == Z_STREAM_END;
  if (count == 0 && !state_->ended) return fail(Code::Corrupt, "part " + state_->part.name + " is cut off or damaged");
  return count;
}

}  // namespace openbook::read
