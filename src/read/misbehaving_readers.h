#pragma once

#include <span>

#include "read/reader.h"

/// Readers that do what a reader does when a hostile file has taken it over: for process_test.cpp and for the worker
/// program that runs them, openbook-reader-misbehaving. The file's extension names the misdeed.
namespace openbook::read {

std::span<const ReaderEntry> misbehaving_readers();

}  // namespace openbook::read
