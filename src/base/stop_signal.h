#pragma once

#include <stop_token>

#include "base/descriptor.h"
#include "base/result.h"

namespace openbook {

/// A stop request as something to poll() on: the descriptor becomes readable when the token's owner asks to stop.
/// Keep it in place (not movable): the token holds on to it.
class StopSignal {
 public:
  explicit StopSignal(const std::stop_token& stop);
  int descriptor() const { return event_.get(); }

 private:
  struct Raise {
    int event;
    void operator()() const;
  };
  Descriptor event_;
  std::stop_callback<Raise> callback_;
};

}  // namespace openbook
