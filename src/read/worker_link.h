#pragma once

#include <sys/types.h>

#include <string>
#include <utility>
#include <vector>

#include "base/descriptor.h"
#include "base/result.h"
#include "read/wire.h"

namespace openbook::read {

/// The program's side of one running worker program, which is ended with it.
class WorkerLink {
 public:
  /// Errors: Unsupported when there is no such program (the reader was not built or not installed), Io.
  static Result<WorkerLink> start(const std::string& path);
  WorkerLink(WorkerLink&& other) noexcept
      : process_(std::exchange(other.process_, 0)), socket_(std::move(other.socket_)) {}
  WorkerLink& operator=(WorkerLink&& other) noexcept {
    std::swap(process_, other.process_);
    std::swap(socket_, other.socket_);
    return *this;
  }
  ~WorkerLink();

  int socket() const { return socket_.get(); }
  /// False: the worker program is gone.
  bool send_job(const Job& job, const std::vector<int>& descriptors) const {
    return send_packet(socket(), PacketKind::Job, encode(job), descriptors);
  }
  void send_kill() const { send_packet(socket(), PacketKind::Kill, {}); }

 private:
  WorkerLink(pid_t process, Descriptor socket) : process_(process), socket_(std::move(socket)) {}
  pid_t process_ = 0;
  Descriptor socket_;
};

}  // namespace openbook::read
