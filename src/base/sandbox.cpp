#include "base/sandbox.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "base/files.h"

namespace openbook {
namespace {

// What computing on bytes in memory, reading and writing open descriptors, and ending need. All else is refused with
// EPERM: sockets, clone, execve, ptrace, kill, open, unlink, mount, io_uring, …
constexpr int kComputing[] = {
    SCMP_SYS(read),          SCMP_SYS(readv),        SCMP_SYS(pread64),
    SCMP_SYS(write),         SCMP_SYS(writev),       SCMP_SYS(lseek),
    SCMP_SYS(close),         SCMP_SYS(fstat),        SCMP_SYS(dup),
    SCMP_SYS(poll),          SCMP_SYS(ppoll),        SCMP_SYS(munmap),
    SCMP_SYS(mremap),        SCMP_SYS(madvise),      SCMP_SYS(brk),
    SCMP_SYS(futex),         SCMP_SYS(sched_yield),  SCMP_SYS(getcpu),
    SCMP_SYS(getpid),        SCMP_SYS(gettid),       SCMP_SYS(getuid),
    SCMP_SYS(geteuid),       SCMP_SYS(getgid),       SCMP_SYS(getegid),
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday),
    SCMP_SYS(time),          SCMP_SYS(nanosleep),    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(getrandom),     SCMP_SYS(getrusage),    SCMP_SYS(sysinfo),
    SCMP_SYS(uname),         SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),  SCMP_SYS(sigaltstack),  SCMP_SYS(exit),
    SCMP_SYS(exit_group),    SCMP_SYS(getrlimit),    SCMP_SYS(restart_syscall),
    SCMP_SYS(rseq),          SCMP_SYS(membarrier),
};

// What looking at files needs besides opening them.
constexpr int kLooking[] = {
    SCMP_SYS(stat),      SCMP_SYS(lstat),      SCMP_SYS(newfstatat), SCMP_SYS(statx),      SCMP_SYS(access),
    SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink),   SCMP_SYS(readlinkat), SCMP_SYS(getdents64),
    SCMP_SYS(fstatfs),   SCMP_SYS(statfs),     SCMP_SYS(getcwd),     SCMP_SYS(fadvise64),
};

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

/// Adds "allowed when (argument & mask) == value". Calls that this architecture lacks are passed over.
bool allow_masked(void* filter, int call, unsigned argument, std::uint64_t mask, std::uint64_t value) {
  const scmp_arg_cmp condition{argument, SCMP_CMP_MASKED_EQ, mask, value};
  return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, 1, &condition) == 0;
}

bool add_rules(void* filter, bool may_open) {
  constexpr std::uint64_t kChanging = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND;
  bool ok = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0;
  for (const int call : kComputing) ok = ok && seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
  ok = ok && allow_masked(filter, SCMP_SYS(mmap), 2, PROT_EXEC, 0);
  ok = ok && allow_masked(filter, SCMP_SYS(mprotect), 2, PROT_EXEC, 0);
  for (const int command : {F_GETFD, F_SETFD, F_GETFL, F_SETFL}) {
    ok = ok && allow_masked(filter, SCMP_SYS(fcntl), 1, UINT32_MAX, static_cast<std::uint64_t>(command));
  }
  if (kHasShadowMemory) {  // The sanitizers try through a pipe whether an address can be read.
    for (const int call : {SCMP_SYS(pipe), SCMP_SYS(pipe2)}) {
      ok = ok && seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
    }
  }
  if (!may_open) return ok && allow_masked(filter, SCMP_SYS(newfstatat), 3, AT_EMPTY_PATH, AT_EMPTY_PATH);
  for (const int call : kLooking) ok = ok && seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
  return ok && allow_masked(filter, SCMP_SYS(open), 1, kChanging, O_RDONLY) &&
         allow_masked(filter, SCMP_SYS(openat), 2, kChanging, O_RDONLY);
}

Result<std::vector<sock_filter>> compile_filter(bool may_open) {
  const Filter filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)), &seccomp_release);
  if (filter == nullptr || !add_rules(filter.get(), may_open)) {
    return fail(Code::Unavailable, "libseccomp could not build the filter that readers run behind");
  }
  const Descriptor file(::memfd_create("filter", MFD_CLOEXEC));
  if (!file.is_open() || seccomp_export_bpf(filter.get(), file.get()) != 0 || ::lseek(file.get(), 0, SEEK_SET) != 0) {
    return fail(Code::Unavailable, "libseccomp could not compile the filter that readers run behind");
  }
  OB_TRY(const std::string bytes, read_whole(file.get(), 1 << 20));
  std::vector<sock_filter> program(bytes.size() / sizeof(sock_filter));
  bytes.copy(reinterpret_cast<char*>(program.data()), program.size() * sizeof(sock_filter));
  return program;
}

// Landlock: the rights that its first version knows. Later ones (truncate, device ioctl) are refused by the filter.
constexpr std::uint64_t kAllFileRights = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
constexpr std::uint64_t kReadRights = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;

/// A ruleset that allows reading below the paths; none open where the kernel lacks Landlock or has it switched off.
Result<Descriptor> make_landlock(const std::vector<std::string>& readable_paths) {
  landlock_ruleset_attr attributes{};
  attributes.handled_access_fs = kAllFileRights;
  Descriptor rules(static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0)));
  if (!rules.is_open()) return rules;
  ::fcntl(rules.get(), F_SETFD, FD_CLOEXEC);
  for (const std::string& path : readable_paths) {
    const Descriptor folder(::open(path.c_str(), O_PATH | O_CLOEXEC));
    if (!folder.is_open()) continue;
    landlock_path_beneath_attr rule{};
    rule.allowed_access = std::filesystem::is_directory(path) ? kReadRights : LANDLOCK_ACCESS_FS_READ_FILE;
    rule.parent_fd = folder.get();
    if (::syscall(SYS_landlock_add_rule, rules.get(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0) {
      return fail(system_error("cannot allow readers to read " + path, errno));
    }
  }
  return rules;
}

/// Bytes of address space mapped by this process now.
std::uint64_t mapped_bytes() {
  unsigned long pages = 0;
  const std::unique_ptr<FILE, decltype(&std::fclose)> file(std::fopen("/proc/self/statm", "re"), &std::fclose);
  if (file == nullptr || std::fscanf(file.get(), "%lu", &pages) != 1) return 0;
  return std::uint64_t{pages} * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

bool limit(__rlimit_resource resource, std::uint64_t soft, std::uint64_t hard) {
  const rlimit value{soft, hard};
  return ::setrlimit(resource, &value) == 0;
}

Status apply_limits(const ResourceLimits& limits) {
  // One second more before SIGKILL: SIGXCPU tells the watching process why.
  bool ok = limit(RLIMIT_CPU, limits.cpu_seconds, std::uint64_t{limits.cpu_seconds} + 1);
  ok = ok && limit(RLIMIT_CORE, 0, 0) && limit(RLIMIT_FSIZE, 0, 0) && limit(RLIMIT_NPROC, 0, 0);
  ok = ok && limit(RLIMIT_NOFILE, limits.open_files, limits.open_files);
  const std::uint64_t memory = mapped_bytes() + limits.memory_bytes;
  if (!kHasShadowMemory) ok = ok && limit(RLIMIT_AS, memory, memory);
  if (!ok) return fail(system_error("cannot set the limits of a reader", errno));
  return {};
}

}  // namespace

Result<Sandbox> Sandbox::prepare(const std::vector<std::string>& readable_paths) {
  Sandbox sandbox;
  OB_TRY(sandbox.landlock_, make_landlock(readable_paths));
  OB_TRY(sandbox.filter_, compile_filter(sandbox.landlock_.is_open() && !readable_paths.empty()));
  return sandbox;
}

Status Sandbox::enter(const ResourceLimits& limits) const {
  OB_RETURN_IF_ERROR(apply_limits(limits));
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return fail(system_error("cannot give up privileges", errno));
  if (landlock_.is_open() && ::syscall(SYS_landlock_restrict_self, landlock_.get(), 0) != 0) {
    return fail(system_error("cannot lock the file system away (Landlock)", errno));
  }
  const sock_fprog program{static_cast<unsigned short>(filter_.size()), const_cast<sock_filter*>(filter_.data())};
  if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) != 0) {
    return fail(Code::Unavailable,
                "this kernel does not let readers be locked in (seccomp is missing or switched off), and openbook does "
                "not read files without; run it where seccomp is available");
  }
  return {};
}

}  // namespace openbook
