#pragma once

#include <span>
#include <string>
#include <vector>

#include "read/reader.h"

/// The inside of a worker program: started by ReaderProcess, it forks one locked-in child for each file.
namespace openbook::read {

struct WorkerProgram {
  std::span<const ReaderEntry> readers;
  std::vector<std::string> readable_paths;  ///< What its readers may open besides their input: encoding tables, fonts.
  void (*warm_up)() = nullptr;              ///< What every child would do anew; done once, before the first fork.
};

/// Serves until the program that started it is gone. Gives the exit code for main(): 2 when run by hand.
int serve_jobs(const WorkerProgram& program);

}  // namespace openbook::read
