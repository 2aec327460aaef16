#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <stop_token>
#include <string>

#include "base/result.h"

/// The way out to the network, taken only for what a user named.
namespace openbook::net {

struct FetchLimits {
  std::size_t max_bytes = std::size_t{64} << 20;  ///< Of the content, after decompression.
  std::chrono::milliseconds timeout{60'000};      ///< For everything.
  std::chrono::milliseconds connect_timeout{10'000};
  int max_redirects = 5;
};

/// What a server gave.
struct Fetched {
  std::string bytes;
  std::string media_type;  ///< Content-Type with its parameters: "text/html; charset=gbk". Empty: not told.
  std::string url;         ///< Where it was found in the end, after redirects.
};

/// Fetches pages by http and https, proxies taken from the environment as curl does, certificates checked. Safe
/// concurrently.
class HttpClient {
 public:
  /// Unavailable when libcurl is not installed.
  static Result<HttpClient> make();

  /// Errors: InvalidInput (not an http or https address), NotFound (404, 410, no such host), Unavailable (no answer,
  /// 429, 5xx), OverLimit (size, redirects), Unsupported (another status), Cancelled.
  Result<Fetched> fetch(const std::string& url, const FetchLimits& limits, std::stop_token stop) const;

 private:
  struct Curl;
  explicit HttpClient(std::shared_ptr<const Curl> curl) : curl_(std::move(curl)) {}
  std::shared_ptr<const Curl> curl_;
};

/// Does this look like an http or https address?
bool is_web_address(const std::string& text);

}  // namespace openbook::net
