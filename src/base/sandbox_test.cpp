#include "base/sandbox.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <new>
#include <vector>

#include "base/files.h"

namespace openbook {
namespace {

constexpr int kNotEntered = 99;

/// Runs `act` in a locked child; its exit status as waitpid tells it.
int status_inside(const std::function<int()>& act, const std::vector<std::string>& readable = {},
                  const ResourceLimits& limits = {}) {
  const auto sandbox = Sandbox::prepare(readable);
  EXPECT_TRUE(sandbox) << sandbox.error().text();
  const pid_t child = ::fork();
  if (child == 0) ::_exit(sandbox->enter(limits) ? act() : kNotEntered);
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

/// 0 when the call was refused with EPERM, as a status that waitpid gives.
int refused(long result) {
  return result < 0 && errno == EPERM ? 0 : 1;
}

TEST(Sandbox, RefusesNetworkProcessesProgramsAndFiles) {
  char* const argv[] = {const_cast<char*>("/bin/true"), nullptr};
  const std::pair<const char*, std::function<int()>> cases[] = {
      {"socket", [] { return refused(::socket(AF_INET, SOCK_STREAM, 0)); }},
      {"unix socket", [] { return refused(::socket(AF_UNIX, SOCK_STREAM, 0)); }},
      {"fork", [] { return refused(::fork()); }},
      {"exec", [&] { return refused(::execv("/bin/true", argv)); }},
      {"ptrace", [] { return refused(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr)); }},
      {"kill", [] { return refused(::kill(::getppid(), 0)); }},
      {"open", [] { return refused(::open("/etc/passwd", O_RDONLY)); }},
      {"create", [] { return refused(::open("/tmp/openbook-sandbox-test", O_WRONLY | O_CREAT, 0600)); }},
      {"unlink", [] { return refused(::unlink("/tmp/openbook-sandbox-test")); }},
      {"executable memory",
       [] {
         void* got = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
         return refused(got == MAP_FAILED ? -1 : 0);
       }},
  };
  for (const auto& [name, act] : cases) EXPECT_EQ(status_inside(act), 0) << name;
}

TEST(Sandbox, LetsOpenDescriptorsBeReadAndMemoryBeUsed) {
  auto file = make_memory_file("content");
  ASSERT_TRUE(file);
  const int status = status_inside([&] {
    const auto mapped = MappedFile::of(file->get());
    const std::vector<int> memory(10'000'000, 1);
    return mapped && mapped->bytes() == "content" && memory.back() == 1 ? 0 : 1;
  });
  EXPECT_EQ(status, 0);
}

TEST(Sandbox, LetsOnlyTheNamedFoldersBeRead) {
  const auto folder = TemporaryFolder::make();
  ASSERT_TRUE(folder);
  ASSERT_TRUE(write_file_atomically(folder->path() + "/allowed", "x"));
  if (!Sandbox::prepare()->has_landlock()) GTEST_SKIP() << "no Landlock in this kernel: nothing can be opened";
  const std::string allowed = folder->path() + "/allowed", created = folder->path() + "/created";
  const std::vector<std::string> readable = {folder->path(), "/no/such/folder"};
  EXPECT_EQ(status_inside([&] { return ::open(allowed.c_str(), O_RDONLY) >= 0 ? 0 : 1; }, readable), 0);
  EXPECT_EQ(status_inside([&] { return refused(::open(allowed.c_str(), O_RDWR)); }, readable), 0);
  EXPECT_EQ(status_inside([&] { return refused(::open(created.c_str(), O_WRONLY | O_CREAT, 0600)); }, readable), 0);
  const auto denied = [] { return ::open("/etc/passwd", O_RDONLY) < 0 && errno == EACCES ? 0 : 1; };
  EXPECT_EQ(status_inside(denied, readable), 0);
}

TEST(Sandbox, EndsAnEndlessLoopBySigxcpu) {
  ResourceLimits limits;
  limits.cpu_seconds = 1;
  const int status = status_inside(
      [] {
        volatile bool endless = true;  // A loop that touches nothing volatile may be taken for one that ends.
        while (endless) {
        }
        return 0;
      },
      {}, limits);
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGXCPU);
}

TEST(Sandbox, MakesAllocationsBeyondTheLimitFail) {
  if (kHasShadowMemory) GTEST_SKIP() << "memory cannot be limited under this sanitizer";
  ResourceLimits limits;
  limits.memory_bytes = 64 << 20;
  const auto fits = [] { return std::malloc(32 << 20) != nullptr ? 0 : 1; };
  const auto too_large = [] { return std::malloc(65 << 20) == nullptr ? 0 : 1; };
  EXPECT_EQ(status_inside(fits, {}, limits), 0);
  EXPECT_EQ(status_inside(too_large, {}, limits), 0);
}

}  // namespace
}  // namespace openbook
