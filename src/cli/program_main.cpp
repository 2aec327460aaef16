// The program: signals, the last two doors for errors, and nothing else.
#include <pthread.h>

#include <csignal>
#include <cstdio>
#include <iostream>
#include <new>
#include <stop_token>
#include <thread>

#include "cli/command_line.h"

int main(int argument_count, char** arguments) {
  std::ios::sync_with_stdio(false);
  // Ctrl-C and TERM ask for an orderly end; a second one ends at once.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  std::stop_source stop;
  std::thread([signals, stop]() mutable {
    int signal = 0;
    sigwait(&signals, &signal);
    stop.request_stop();
    sigwait(&signals, &signal);
    std::_Exit(128 + signal);
  }).detach();
  try {
    const int code = openbook::cli::run(argument_count, arguments, std::cout, std::cerr, stop.get_token());
    std::cout.flush();
    return std::cout ? code : 1;
  } catch (const std::bad_alloc&) {
    std::fputs("openbook: out of memory; add fewer files at once, or use a machine with more\n", stderr);
    return 1;
  }
}
