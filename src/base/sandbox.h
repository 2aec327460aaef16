#pragma once

#include <linux/filter.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/descriptor.h"
#include "base/result.h"

/// A process that reads hostile bytes gives up, for good, whatever it does not need: no network, no new processes or
/// programs, no writing to files, no reading of files beyond a few named folders, bounded memory and processor time.
namespace openbook {

/// Under AddressSanitizer and ThreadSanitizer the address space is full of shadow memory, so that it cannot be limited.
/// GCC tells of them by macros, Clang by features.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define OB_SHADOW_MEMORY
#endif
#endif
#if defined(OB_SHADOW_MEMORY) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kHasShadowMemory = true;
#else
inline constexpr bool kHasShadowMemory = false;
#endif

/// What the process may take. Reaching a limit of time ends it by SIGXCPU; of memory makes allocations fail.
struct ResourceLimits {
  std::uint64_t memory_bytes = std::uint64_t{1} << 30;  ///< On top of what is mapped when the sandbox is entered.
  std::uint32_t cpu_seconds = 60;
  std::uint32_t open_files = 64;
};

/// Prepared once, entered by each process forked afterwards: compiling the filter takes a millisecond, entering 50 µs.
class Sandbox {
 public:
  /// `readable_paths`: files and folders that may be read (those that do not exist are left out). Opening them needs
  /// Landlock (Linux 5.13); on an older kernel nothing at all can be opened. Unavailable when the kernel has no
  /// seccomp.
  static Result<Sandbox> prepare(const std::vector<std::string>& readable_paths = {});

  /// Locks the calling process (which must have one thread) in. Irreversible. Descriptors already open stay usable.
  Status enter(const ResourceLimits& limits) const;

  /// Does Landlock guard the file system, or is opening files refused altogether?
  bool has_landlock() const { return landlock_.is_open(); }

 private:
  std::vector<sock_filter> filter_;
  Descriptor landlock_;
};

}  // namespace openbook
