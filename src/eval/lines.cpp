#include "eval/lines.h"

#include <unistd.h>
#include <zlib.h>

#include <memory>

#include "base/json.h"

namespace openbook::eval {
namespace {

constexpr std::size_t kMaxLine = std::size_t{64} << 20;

struct CloseFile {
  void operator()(gzFile_s* file) const { gzclose(file); }
};

bool is_there(const std::string& path) {
  return ::access(path.c_str(), F_OK) == 0;
}

}  // namespace

Result<std::string> plain_or_gzip(const std::string& path) {
  if (is_there(path)) return path;
  if (is_there(path + ".gz")) return path + ".gz";
  return fail(Code::NotFound, "there is neither " + path + " nor " + path + ".gz");
}

Status each_line(const std::string& path, const std::function<Status(std::string_view line, int number)>& take) {
  // zlib passes what is not gzip through as it is.
  const std::unique_ptr<gzFile_s, CloseFile> file(gzopen(path.c_str(), "rb"));
  if (!file) return fail(Code::Io, "cannot open " + path);
  std::string rest;
  std::string buffer(1 << 16, '\0');
  int number = 0;
  for (;;) {
    const int count = gzread(file.get(), buffer.data(), static_cast<unsigned>(buffer.size()));
    if (count < 0) return fail(Code::Corrupt, path + " is damaged after line " + std::to_string(number));
    if (count == 0) break;
    std::string_view piece(buffer.data(), static_cast<std::size_t>(count));
    for (std::size_t end; (end = piece.find('\n')) != std::string_view::npos; piece.remove_prefix(end + 1)) {
      rest += piece.substr(0, end);
      if (!rest.empty() && rest.back() == '\r') rest.pop_back();
      OB_RETURN_IF_ERROR(take(rest, ++number));
      rest.clear();
    }
    rest += piece;
    if (rest.size() > kMaxLine)
      return fail(Code::OverLimit, path + ": line " + std::to_string(number + 1) + " has more than 64 MB");
  }
  if (gzeof(file.get()) == 0) return fail(Code::Corrupt, path + " ends in the middle of its gzip data");
  return rest.empty() ? Status{} : take(rest, number + 1);
}

Status each_object(const std::string& path, const std::function<Status(const Json& object)>& take) {
  return each_line(path, [&](std::string_view line, int number) -> Status {
    if (line.find_first_not_of(" \t") == std::string_view::npos) return {};
    const std::string where = path + ": line " + std::to_string(number);
    auto object = parse_json(line);
    if (!object) return fail(std::move(object.error()).at(where));
    if (!object->is_object()) return fail(Code::Corrupt, where + " is no JSON object; each line must be one");
    if (auto taken = take(*object); !taken) return fail(std::move(taken.error()).at(where));
    return {};
  });
}

std::string text_member(const Json& object, const char* name) {
  const auto member = object.find(name);
  if (member == object.end()) return {};
  if (member->is_string()) return member->get<std::string>();
  return member->is_number() ? member->dump() : std::string();
}

}  // namespace openbook::eval
