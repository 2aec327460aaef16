#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/descriptor.h"
#include "base/result.h"

/// What the program, its worker program and the reader child say to each other. Both ends come from one build, so that
/// nothing here carries a version; what comes from the child is not trusted all the same.
///
///   program ──job, kill──▶ worker program ──fork──▶ reader child      (packets on a socket, descriptors beside them)
///   program ◀──report───── worker program                             (how the child ended)
///   program ◀──frames──────────────────────────────── reader child    (pipe: documents, pictures, the verdict)
///   program ───answers──────────────────────────────▶ reader child    (socket: words of the pictures)
namespace openbook::read {

/// One file to read.
struct Job {
  std::string reader;  ///< ReaderEntry::name.
  std::string uri;
  std::string name;
  std::string media_type;
  std::string password;
  std::uint32_t max_pages = 0;
  bool has_ocr = false;
  std::uint64_t memory_bytes = 0;
  std::uint32_t cpu_seconds = 0;
};
std::string encode(const Job& job);
std::optional<Job> decode_job(std::string_view bytes);

/// How the child ended.
struct Report {
  int status = 0;  ///< As waitpid gives it.
  std::uint64_t cpu_millis = 0;
  std::uint64_t peak_bytes = 0;  ///< Of memory in use.
};
std::string encode(const Report& report);
std::optional<Report> decode_report(std::string_view bytes);

std::string encode(const Error& error);
Error decode_error(std::string_view bytes);

/// First byte of a packet.
enum class PacketKind : char { Job = 'J', Kill = 'K', Report = 'R' };

struct Packet {
  PacketKind kind = PacketKind::Kill;
  std::string body;
  std::vector<Descriptor> descriptors;
};

/// One packet over a SOCK_SEQPACKET socket. Sending never raises SIGPIPE; false when the other end is gone or the body
/// is too large (errno EMSGSIZE).
bool send_packet(int socket, PacketKind kind, std::string_view body, const std::vector<int>& descriptors = {});

/// Waits for a packet; nothing when the other end is gone.
std::optional<Packet> receive_packet(int socket);

/// What a frame of the child's pipe holds: 1 byte of kind, 8 bytes of length, the body.
enum class FrameKind : std::uint8_t {
  Document = 1,  ///< book::encode(Document).
  Picture = 2,   ///< Image bytes; the child waits for an answer (8 bytes of length; 1 byte: 1 words, 0 an Error; body).
  Failed = 3,    ///< An Error: the last frame.
  Finished = 4,  ///< Nothing: the last frame of a file that was read.
};
inline constexpr std::size_t kFrameHeader = 9;

/// The header of a frame.
std::string frame_header(FrameKind kind, std::uint64_t body_bytes);

/// Exit status of a child whose reader ran out of memory.
inline constexpr int kOutOfMemoryExit = 86;

/// The descriptor on which a worker program finds its socket.
inline constexpr int kWorkerSocket = 3;

}  // namespace openbook::read
