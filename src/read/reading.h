#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>

#include "base/descriptor.h"
#include "read/process.h"
#include "read/wire.h"
#include "read/worker_link.h"

namespace openbook::read {

/// What the program does while a child reads one file: takes documents from its pipe, has its pictures recognised,
/// watches the limits, and in the end says what became of it.
class Reading {
 public:
  struct Request {
    const ReaderEntry& entry;
    const Source& source;
    const ReadOptions& options;
    const ReadLimits& limits;
    const DocumentSink& sink;
    const Ocr* ocr = nullptr;
    std::stop_token stop;
  };

  /// `frames` and `answers` are our ends of what the child got. The job has been sent.
  Reading(const Request& request, const WorkerLink& link, Descriptor frames, Descriptor answers);

  /// Until the child has ended and been reported.
  Status run();

  /// Is the worker program gone, so that it must be started anew for the next file?
  bool lost_worker() const { return lost_worker_; }

 private:
  using Clock = std::chrono::steady_clock;

  void wait(int stop_descriptor);
  void check_patience();
  void take_bytes();
  void take_frames();
  void take(FrameKind kind, std::string_view body);
  void take_document(std::string_view body);
  void answer_picture(std::string_view image);
  bool send_answer(std::string_view bytes);
  void take_report();
  void give_up(Error error);
  Status verdict() const;

  const Request& request_;
  const WorkerLink& link_;
  Descriptor frames_;
  Descriptor answers_;
  std::string buffer_;  ///< Bytes of frames; the first used_ are filled.
  std::size_t used_ = 0;
  Clock::time_point deadline_;
  std::uint64_t output_bytes_ = 0;
  std::uint64_t document_count_ = 0;
  std::uint64_t picture_count_ = 0;
  std::optional<Error> failure_;  ///< What we, or the reader in its last frame, found wrong.
  bool finished_ = false;         ///< The reader said that it is done.
  bool killed_ = false;
  bool lost_worker_ = false;
  std::optional<Report> report_;
};

/// What a child's end means when it sent no verdict of its own.
Error describe_end(const ReaderEntry& entry, const ReadLimits& limits, const Report& report);

/// "256 MB", "1.5 GB", "900 bytes": as flags take them.
std::string size_text(std::uint64_t bytes);

}  // namespace openbook::read
