#include "net/http_client.h"

// Only types and numbers come from here.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <dlfcn.h>
#include <strings.h>

#include <algorithm>

namespace openbook::net {

/// The functions of libcurl in use. It drags in some thirty shared libraries, 10 ms of every start of a program that
/// mostly has no use for a network; so it is loaded here, and kept for the life of the process.
struct HttpClient::Curl {
  decltype(&curl_global_init) global_init = nullptr;
  decltype(&curl_easy_init) easy_init = nullptr;
  decltype(&curl_easy_setopt) easy_setopt = nullptr;
  decltype(&curl_easy_perform) easy_perform = nullptr;
  decltype(&curl_easy_getinfo) easy_getinfo = nullptr;
  decltype(&curl_easy_cleanup) easy_cleanup = nullptr;
  decltype(&curl_easy_strerror) easy_strerror = nullptr;

  bool load() {
    void* const library = ::dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (library == nullptr) return false;
    bool complete = true;
    const auto find = [&](auto& function, const char* name) {
      function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(library, name));
      complete = complete && function != nullptr;
    };
    find(global_init, "curl_global_init");
    find(easy_init, "curl_easy_init");
    find(easy_setopt, "curl_easy_setopt");
    find(easy_perform, "curl_easy_perform");
    find(easy_getinfo, "curl_easy_getinfo");
    find(easy_cleanup, "curl_easy_cleanup");
    find(easy_strerror, "curl_easy_strerror");
    return complete && global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  }
};

namespace {

struct Transfer {
  std::string bytes;
  std::size_t max_bytes = 0;
  bool too_large = false;
  const std::stop_token* stop = nullptr;
};

std::size_t take_bytes(char* bytes, std::size_t size, std::size_t count, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  transfer.too_large = size * count > transfer.max_bytes - transfer.bytes.size();
  if (transfer.too_large) return 0;
  transfer.bytes.append(bytes, size * count);
  return size * count;
}

int look_for_stop(void* context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Transfer*>(context)->stop->stop_requested() ? 1 : 0;
}

std::string seconds(std::chrono::milliseconds time) {
  return std::to_string((time.count() + 999) / 1000) + " s";
}

std::string host_of(const std::string& url) {
  const std::size_t begin = url.find("://") + 3;
  return url.substr(begin, url.find_first_of("/?#", begin) - begin);
}

Error too_large(const FetchLimits& limits) {
  return {Code::OverLimit,
          "the page is larger than " + std::to_string(limits.max_bytes >> 20) +
              " MB, the limit; raise it with --max-file-size",
          {}};
}

Error describe(CURLcode code, const char* curl_says, const std::string& url, const Transfer& transfer,
               const FetchLimits& limits) {
  if (transfer.too_large || code == CURLE_FILESIZE_EXCEEDED) return too_large(limits);
  switch (code) {
    case CURLE_ABORTED_BY_CALLBACK:
      return {Code::Cancelled, "cancelled while it was fetched", {}};
    case CURLE_COULDNT_RESOLVE_HOST:
      return {Code::NotFound, "there is no host " + host_of(url) + ", or the network is down", {}};
    case CURLE_COULDNT_CONNECT:
      return {Code::Unavailable, host_of(url) + " does not accept connections", {}};
    case CURLE_OPERATION_TIMEDOUT:
      return {Code::Unavailable, host_of(url) + " did not answer in full within " + seconds(limits.timeout), {}};
    case CURLE_TOO_MANY_REDIRECTS:
      return {Code::OverLimit, "more than " + std::to_string(limits.max_redirects) + " redirects", {}};
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
      return {Code::InvalidInput, "not an address that can be fetched, or a redirect to one: http and https can", {}};
    case CURLE_PEER_FAILED_VERIFICATION:
      return {Code::Unavailable, "the certificate of " + host_of(url) + " cannot be verified", {}};
    default:
      return {Code::Unavailable, std::string("it cannot be fetched: ") + curl_says, {}};
  }
}

Status check(long status) {
  if (status >= 200 && status < 300) return {};
  const std::string text = std::to_string(status);
  if (status == 404 || status == 410) return fail(Code::NotFound, "the server has no such page (" + text + ")");
  if (status == 401 || status == 403)
    return fail(Code::Unsupported, "the server does not let us read it (" + text + ")");
  if (status == 429 || status >= 500)
    return fail(Code::Unavailable, "the server is in trouble (" + text + "); try again later");
  return fail(Code::Unsupported, "the server answered with status " + text);
}

}  // namespace

Result<HttpClient> HttpClient::make() {
  auto curl = std::make_shared<Curl>();
  if (!curl->load()) {
    return fail(Code::Unavailable,
                "web pages are fetched by libcurl (libcurl.so.4), which is not installed: "
                "apt-get install libcurl4");
  }
  return HttpClient(std::move(curl));
}

Result<Fetched> HttpClient::fetch(const std::string& url, const FetchLimits& limits, std::stop_token stop) const {
  if (!is_web_address(url)) return fail(Code::InvalidInput, "not an http or https address: " + url);
  const std::unique_ptr<CURL, decltype(curl_->easy_cleanup)> handle(curl_->easy_init(), curl_->easy_cleanup);
  if (handle == nullptr) return fail(Code::Unavailable, "libcurl gives no handle");
  Transfer transfer{{}, limits.max_bytes, false, &stop};
  const auto set = [&](CURLoption option, auto value) { curl_->easy_setopt(handle.get(), option, value); };
  set(CURLOPT_URL, url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 1L);
  set(CURLOPT_MAXREDIRS, static_cast<long>(limits.max_redirects));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(limits.timeout.count()));
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect_timeout.count()));
  set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(limits.max_bytes));
  set(CURLOPT_USERAGENT, "openbook/" OPENBOOK_VERSION);
  set(CURLOPT_ACCEPT_ENCODING, "");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_WRITEFUNCTION, &take_bytes);
  set(CURLOPT_WRITEDATA, static_cast<void*>(&transfer));
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, &look_for_stop);
  set(CURLOPT_XFERINFODATA, static_cast<void*>(&transfer));
  const CURLcode code = curl_->easy_perform(handle.get());
  if (code != CURLE_OK) return fail(describe(code, curl_->easy_strerror(code), url, transfer, limits));
  long status = 0;
  const char* media_type = nullptr;
  const char* final_url = nullptr;
  curl_->easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_->easy_getinfo(handle.get(), CURLINFO_CONTENT_TYPE, &media_type);
  curl_->easy_getinfo(handle.get(), CURLINFO_EFFECTIVE_URL, &final_url);
  OB_RETURN_IF_ERROR(check(status));
  return Fetched{std::move(transfer.bytes), media_type == nullptr ? "" : media_type,
                 final_url == nullptr ? url : final_url};
}

bool is_web_address(const std::string& text) {
  return ::strncasecmp(text.c_str(), "http://", 7) == 0 || ::strncasecmp(text.c_str(), "https://", 8) == 0;
}

}  // namespace openbook::net
