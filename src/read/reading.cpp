#include "read/reading.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/bytes.h"
#include "base/stop_signal.h"

namespace openbook::read {
namespace {

constexpr std::size_t kReadAtOnce = 1 << 20;
constexpr std::size_t kKeptBuffer = 16 << 20;  // After a large document the buffer shrinks back to this.

std::string reader_of(const ReaderEntry& entry) {
  return std::string("the ") + entry.name + " reader";
}

}  // namespace

Reading::Reading(const Request& request, const WorkerLink& link, Descriptor frames, Descriptor answers)
    : request_(request),
      link_(link),
      frames_(std::move(frames)),
      answers_(std::move(answers)),
      deadline_(Clock::now() + request.limits.wall) {}

Status Reading::run() {
  const StopSignal stopping(request_.stop);
  while (!lost_worker_ && (!report_ || frames_.is_open())) {
    check_patience();
    wait(stopping.descriptor());
  }
  return verdict();
}

void Reading::check_patience() {
  if (killed_) return;
  if (request_.stop.stop_requested()) {
    give_up({Code::Cancelled, "cancelled while it was read", {}});
  } else if (Clock::now() >= deadline_) {
    give_up({Code::OverLimit,
             reader_of(request_.entry) + " was stopped after " + std::to_string(request_.limits.wall.count()) +
                 " s, the limit; raise it with --read-seconds",
             {}});
  }
}

void Reading::wait(int stop_descriptor) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - Clock::now()).count();
  pollfd watched[] = {{frames_.get(), POLLIN, 0},
                      {report_ ? -1 : link_.socket(), POLLIN, 0},
                      {killed_ ? -1 : stop_descriptor, POLLIN, 0}};
  // A worker program that does not report the death of its child within ten seconds is no use any more.
  const int patience = killed_ ? 10'000 : static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
  const int ready = ::poll(watched, std::size(watched), patience);
  if (ready == 0 && killed_) lost_worker_ = true;
  if (ready <= 0) return;
  if (watched[0].revents != 0) take_bytes();
  if (watched[1].revents != 0) take_report();
}

void Reading::take_bytes() {
  if (buffer_.size() < used_ + kReadAtOnce / 2) buffer_.resize(std::max(buffer_.size() * 2, kReadAtOnce));
  const ssize_t got = ::read(frames_.get(), buffer_.data() + used_, buffer_.size() - used_);
  if (got < 0 && errno == EINTR) return;
  if (got <= 0) {
    frames_.close();
    return;
  }
  used_ += static_cast<std::size_t>(got);
  take_frames();
}

void Reading::take_frames() {
  std::size_t at = 0;
  while (!killed_ && used_ - at >= kFrameHeader) {
    ByteReader header(std::string_view(buffer_).substr(at, kFrameHeader));
    const auto kind = static_cast<FrameKind>(header.u8());
    const std::uint64_t size = header.u64();
    if (size > request_.limits.output_bytes - std::min(output_bytes_, request_.limits.output_bytes)) {
      return give_up({Code::OverLimit,
                      reader_of(request_.entry) + " made more than " + size_text(request_.limits.output_bytes) +
                          " of text from this file, the limit; raise it with --read-output",
                      {}});
    }
    if (used_ - at - kFrameHeader < size) break;
    take(kind, std::string_view(buffer_).substr(at + kFrameHeader, size));
    at += kFrameHeader + size;
  }
  if (killed_) return;
  std::memmove(buffer_.data(), buffer_.data() + at, used_ - at);
  used_ -= at;
  if (used_ == 0 && buffer_.size() > kKeptBuffer) buffer_ = std::string(kReadAtOnce, '\0');
}

void Reading::take(FrameKind kind, std::string_view body) {
  switch (kind) {
    case FrameKind::Document:
      output_bytes_ += body.size();
      return take_document(body);
    case FrameKind::Picture:
      return answer_picture(body);
    case FrameKind::Failed:
      failure_ = decode_error(body);
      return;
    case FrameKind::Finished:
      finished_ = true;
      return;
  }
  give_up({Code::Corrupt, reader_of(request_.entry) + " answered with nonsense; the file may be an attack on it", {}});
}

void Reading::take_document(std::string_view body) {
  if (++document_count_ > request_.limits.document_count) {
    return give_up({Code::OverLimit,
                    "more than " + std::to_string(request_.limits.document_count) +
                        " documents in one file, the limit; split the file",
                    {}});
  }
  auto document = book::decode_document(body);
  if (!document) return give_up(std::move(document.error()));
  if (document->uri.empty()) document->uri = request_.source.uri;
  if (document->format.empty()) document->format = request_.entry.name;
  const auto begun = Clock::now();
  Status taken = request_.sink(*std::move(document));
  deadline_ += Clock::now() - begun;  // A slow sink is not the reader's fault.
  if (!taken) give_up(std::move(taken.error()));
}

void Reading::answer_picture(std::string_view image) {
  if (++picture_count_ > request_.options.max_pages || request_.ocr == nullptr) {
    return give_up({Code::OverLimit,
                    "more than " + std::to_string(request_.options.max_pages) +
                        " pictures to recognise, the limit; raise it with --max-pages",
                    {}});
  }
  const auto begun = Clock::now();
  const auto words = request_.ocr->recognise(image);
  deadline_ += Clock::now() - begun;
  const std::string body = words ? encode(*words) : encode(words.error());
  ByteWriter answer;
  answer.u64(body.size() + 1);
  answer.u8(words ? 1 : 0);
  answer.raw(body);
  send_answer(answer.bytes());  // If it fails the child is gone, or its time is over: the loop sees to both.
}

bool Reading::send_answer(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(answers_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
      continue;
    }
    if (errno != EAGAIN && errno != EINTR) return false;
    if (request_.stop.stop_requested() || Clock::now() >= deadline_) return false;
    pollfd watched{answers_.get(), POLLOUT, 0};
    ::poll(&watched, 1, 100);
  }
  return true;
}

void Reading::take_report() {
  const auto packet = receive_packet(link_.socket());
  if (packet && packet->kind == PacketKind::Report) report_ = decode_report(packet->body);
  lost_worker_ = !report_;
}

void Reading::give_up(Error error) {
  failure_ = std::move(error);
  killed_ = true;
  frames_.close();
  used_ = 0;
  if (!report_) link_.send_kill();
}

Status Reading::verdict() const {
  if (failure_) return fail(*failure_);
  if (!report_) {
    return fail(Code::Unavailable, std::string("the program ") + request_.entry.program +
                                       " ended unexpectedly while this file was read; add the file again");
  }
  if (finished_ && report_->status == 0) return {};
  return fail(describe_end(request_.entry, request_.limits, *report_));
}

}  // namespace openbook::read
