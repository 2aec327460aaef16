#include "read/wire.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "base/bytes.h"

namespace openbook::read {
namespace {

constexpr std::size_t kMaxDescriptors = 3;
constexpr std::size_t kMaxPacket = 192 << 10;  // Below the socket buffer that Linux gives by default.

/// Room for passing descriptors, aligned as the kernel wants it.
struct alignas(cmsghdr) ControlBuffer {
  char bytes[CMSG_SPACE(kMaxDescriptors * sizeof(int))] = {};
};

std::vector<Descriptor> descriptors_of(msghdr& message) {
  std::vector<Descriptor> descriptors;
  for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr; part = CMSG_NXTHDR(&message, part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int number = -1;
      std::memcpy(&number, CMSG_DATA(part) + i * sizeof(int), sizeof number);
      descriptors.emplace_back(number);
    }
  }
  return descriptors;
}

}  // namespace

std::string encode(const Job& job) {
  ByteWriter out;
  for (const std::string* text : {&job.reader, &job.uri, &job.name, &job.media_type, &job.password}) out.text(*text);
  out.varint(job.max_pages);
  out.u8(job.has_ocr ? 1 : 0);
  out.varint(job.memory_bytes);
  out.varint(job.cpu_seconds);
  return out.take();
}

std::optional<Job> decode_job(std::string_view bytes) {
  ByteReader in(bytes);
  Job job;
  for (std::string* text : {&job.reader, &job.uri, &job.name, &job.media_type, &job.password}) *text = in.text();
  job.max_pages = static_cast<std::uint32_t>(in.varint());
  job.has_ocr = in.u8() != 0;
  job.memory_bytes = in.varint();
  job.cpu_seconds = static_cast<std::uint32_t>(in.varint());
  if (in.failed() || in.remaining() != 0) return {};
  return job;
}

std::string encode(const Report& report) {
  ByteWriter out;
  out.zigzag(report.status);
  out.varint(report.cpu_millis);
  out.varint(report.peak_bytes);
  return out.take();
}

std::optional<Report> decode_report(std::string_view bytes) {
  ByteReader in(bytes);
  Report report;
  report.status = static_cast<int>(in.zigzag());
  report.cpu_millis = in.varint();
  report.peak_bytes = in.varint();
  if (in.failed()) return {};
  return report;
}

std::string encode(const Error& error) {
  ByteWriter out;
  out.varint(static_cast<std::uint64_t>(error.code));
  out.text(error.message);
  out.varint(error.trail.size());
  for (const std::string& step : error.trail) out.text(step);
  return out.take();
}

Error decode_error(std::string_view bytes) {
  ByteReader in(bytes);
  Error error;
  const std::uint64_t code = in.varint();
  error.message = in.text();
  for (std::uint64_t count = std::min<std::uint64_t>(in.varint(), 100); count > 0 && !in.failed(); --count) {
    error.trail.emplace_back(in.text());
  }
  constexpr auto kLastCode = static_cast<std::uint64_t>(Code::Bug);
  if (in.failed() || code == 0 || code > kLastCode) return {Code::Corrupt, "the reader gave a damaged error", {}};
  error.code = static_cast<Code>(code);
  return error;
}

bool send_packet(int socket, PacketKind kind, std::string_view body, const std::vector<int>& descriptors) {
  char first = static_cast<char>(kind);
  iovec parts[] = {{&first, 1}, {const_cast<char*>(body.data()), body.size()}};
  ControlBuffer control;
  msghdr message{};
  message.msg_iov = parts;
  message.msg_iovlen = std::size(parts);
  if (body.size() >= kMaxPacket || descriptors.size() > kMaxDescriptors) {
    errno = EMSGSIZE;
    return false;
  }
  if (!descriptors.empty()) {
    message.msg_control = control.bytes;
    message.msg_controllen = CMSG_SPACE(descriptors.size() * sizeof(int));
    cmsghdr* const header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(descriptors.size() * sizeof(int));
    std::memcpy(CMSG_DATA(header), descriptors.data(), descriptors.size() * sizeof(int));
  }
  ssize_t sent = 0;
  while ((sent = ::sendmsg(socket, &message, MSG_NOSIGNAL)) < 0 && errno == EINTR) {
  }
  return sent >= 0;
}

std::optional<Packet> receive_packet(int socket) {
  Packet packet;
  packet.body.resize(kMaxPacket);
  char first = 0;
  iovec parts[] = {{&first, 1}, {packet.body.data(), packet.body.size()}};
  ControlBuffer control;
  msghdr message{};
  message.msg_iov = parts;
  message.msg_iovlen = std::size(parts);
  message.msg_control = control.bytes;
  message.msg_controllen = sizeof control.bytes;
  ssize_t got = 0;
  while ((got = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR) {
  }
  if (got <= 0) return {};
  packet.kind = static_cast<PacketKind>(first);
  packet.body.resize(static_cast<std::size_t>(got) - 1);
  packet.descriptors = descriptors_of(message);
  return packet;
}

std::string frame_header(FrameKind kind, std::uint64_t body_bytes) {
  ByteWriter out;
  out.u8(static_cast<std::uint8_t>(kind));
  out.u64(body_bytes);
  return out.take();
}

}  // namespace openbook::read
