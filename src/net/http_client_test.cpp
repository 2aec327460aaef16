#include "net/http_client.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <map>
#include <mutex>
#include <thread>

namespace openbook::net {
namespace {

/// Answers requests on a loopback port, one connection after the other, with canned responses by path.
class Server {
 public:
  explicit Server(std::map<std::string, std::string> responses) : responses_(std::move(responses)) {
    ::setenv("no_proxy", "127.0.0.1", 1);
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(listener_, 8);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this] { serve(); });
  }
  ~Server() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }

  std::string url(const std::string& path) const { return "http://127.0.0.1:" + std::to_string(port_) + path; }
  std::string last_request() {
    const std::lock_guard lock(mutex_);
    return request_;
  }

 private:
  void serve() {
    for (int client = 0; (client = ::accept(listener_, nullptr, nullptr)) >= 0;) {
      std::string request;
      char block[1024];
      for (ssize_t got = 1; got > 0 && request.find("\r\n\r\n") == std::string::npos;) {
        got = ::recv(client, block, sizeof block, 0);
        if (got > 0) request.append(block, static_cast<std::size_t>(got));
      }
      {
        const std::lock_guard lock(mutex_);
        request_ = request;
      }
      const std::string path = request.substr(4, request.find(' ', 4) - 4);
      const std::string& response = responses_[path];
      if (response.empty()) std::this_thread::sleep_for(std::chrono::milliseconds(300));  // "/slow" has none.
      ::send(client, response.data(), response.size(), MSG_NOSIGNAL);
      ::close(client);
    }
  }

  std::map<std::string, std::string> responses_;
  std::mutex mutex_;
  std::string request_;
  int listener_ = -1;
  int port_ = 0;
  std::jthread thread_;
};

std::string response(const std::string& status, const std::string& headers, const std::string& body) {
  return "HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         headers + "\r\n" + body;
}

class AnHttpClient : public ::testing::Test {
 protected:
  Result<Fetched> fetch(const std::string& path, FetchLimits limits = {}, std::stop_token stop = {}) {
    auto client = HttpClient::make();
    if (!client) return fail(std::move(client.error()));
    return client->fetch(path.starts_with('/') ? server_.url(path) : path, limits, stop);
  }

  Server server_{{
      {"/page", response("200 OK", "Content-Type: text/html; charset=gbk\r\n", "<p>hello</p>")},
      {"/moved", response("302 Found", "Location: /page\r\n", "")},
      {"/circle", response("302 Found", "Location: /circle\r\n", "")},
      {"/to-file", response("302 Found", "Location: file:///etc/passwd\r\n", "")},
      {"/large", response("200 OK", "", std::string(100'000, 'x'))},
      {"/endless", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(100'000, 'x')},
      {"/missing", response("404 Not Found", "", "")},
      {"/broken", response("500 Oh", "", "")},
      {"/private", response("403 No", "", "")},
  }};
};

TEST_F(AnHttpClient, GivesContentTypeAndFinalAddress) {
  const auto page = fetch("/moved");
  ASSERT_TRUE(page) << page.error().text();
  EXPECT_EQ(page->bytes, "<p>hello</p>");
  EXPECT_EQ(page->media_type, "text/html; charset=gbk");
  EXPECT_EQ(page->url, server_.url("/page"));
  EXPECT_NE(server_.last_request().find("User-Agent: openbook/"), std::string::npos);
}

TEST_F(AnHttpClient, TellsInPlainWordsWhatWentWrong) {
  struct Case {
    const char* path;
    Code code;
    const char* words;
  };
  constexpr Case cases[] = {
      {"/missing", Code::NotFound, "no such page (404)"},
      {"/broken", Code::Unavailable, "(500); try again later"},
      {"/private", Code::Unsupported, "(403)"},
      {"/circle", Code::OverLimit, "more than 5 redirects"},
      {"/to-file", Code::InvalidInput, "http and https"},
      {"file:///etc/passwd", Code::InvalidInput, "not an http or https address"},
      {"http://127.0.0.1:1/", Code::Unavailable, "127.0.0.1:1 does not accept connections"},
  };
  for (const Case& wrong : cases) {
    const auto page = fetch(wrong.path);
    ASSERT_FALSE(page) << wrong.path;
    EXPECT_EQ(page.error().code, wrong.code) << wrong.path << ": " << page.error().text();
    EXPECT_NE(page.error().text().find(wrong.words), std::string::npos) << page.error().text();
  }
}

TEST_F(AnHttpClient, StopsAtTheLimitOfSizeWhetherToldOrNot) {
  FetchLimits limits;
  limits.max_bytes = 99'999;
  EXPECT_EQ(fetch("/large", limits).error().code, Code::OverLimit);
  EXPECT_EQ(fetch("/endless", limits).error().code, Code::OverLimit);
  limits.max_bytes = 100'000;
  EXPECT_EQ(fetch("/large", limits)->bytes.size(), 100'000U);
  EXPECT_EQ(fetch("/endless", limits)->bytes.size(), 100'000U);
}

TEST_F(AnHttpClient, StopsWhenTimeIsOverOrTheCallerAsks) {
  FetchLimits limits;
  limits.timeout = std::chrono::milliseconds(50);
  EXPECT_EQ(fetch("/slow", limits).error().code, Code::Unavailable);
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(fetch("/page", {}, source.get_token()).error().code, Code::Cancelled);
}

}  // namespace
}  // namespace openbook::net
