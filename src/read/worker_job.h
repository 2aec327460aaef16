#pragma once

#include "base/descriptor.h"
#include "base/result.h"
#include "base/sandbox.h"
#include "read/wire.h"
#include "read/worker.h"

namespace openbook::read {

struct JobDescriptors {
  Descriptor input;    ///< The file.
  Descriptor frames;   ///< Where documents go.
  Descriptor answers;  ///< Where recognised words come from.
};

/// The child's whole life: locks itself in, reads the file, writes frames (wire.h) and exits.
[[noreturn]] void run_job(const WorkerProgram& program, const Result<Sandbox>& sandbox, const Job& job,
                          JobDescriptors descriptors);

}  // namespace openbook::read
