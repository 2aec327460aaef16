#include "read/json.h"

#include <algorithm>

#include "read/encoding.h"
#include "read/finish.h"
#include "read/gunzip.h"
#include "read/json_record.h"
#include "read/json_render.h"
#include "text/utf8.h"

namespace openbook::read {
namespace {

constexpr std::size_t kMaxLine = std::size_t{256} << 20;
constexpr std::size_t kMaxWhole = std::size_t{512} << 20;
constexpr std::size_t kMaxRendered = std::size_t{64} << 20;  ///< Lines without a text are kept up to this size.
constexpr std::size_t kMaxNotes = 20;

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// JSON Lines, fed piece by piece. Each line with a text goes to the sink at once; the others are kept and rendered
/// together at the end. Notes on bad lines go with the last document.
class Lines {
 public:
  Lines(const book::Blob& blob, const DocumentSink& sink) : blob_(blob), sink_(sink), records_(blob) {}

  Status feed(std::string_view piece) {
    while (!piece.empty()) {
      const std::size_t end = piece.find('\n');
      if (end == std::string_view::npos) {
        rest_ += piece;
        if (rest_.size() > kMaxLine)
          return fail(Code::OverLimit, "line " + std::to_string(number_ + 1) + " is longer than 256 MiB");
        return {};
      }
      if (rest_.empty()) {
        OB_RETURN_IF_ERROR(line(piece.substr(0, end)));
      } else {
        rest_ += piece.substr(0, end);
        OB_RETURN_IF_ERROR(line(rest_));
        rest_.clear();
      }
      piece.remove_prefix(end + 1);
    }
    return {};
  }

  Status finish() {
    if (!rest_.empty()) OB_RETURN_IF_ERROR(line(rest_));
    if (!others_.members.empty()) OB_RETURN_IF_ERROR(give(rendered()));
    if (!held_) {
      if (bad_ == 0) return fail(Code::Corrupt, "the file holds no JSON");
      return fail(Code::Corrupt, "no line is valid JSON; " + first_problem_);
    }
    if (bad_ > kMaxNotes) pending_.notes.push_back(std::to_string(bad_) + " lines in all are not valid JSON");
    pending_.notes.insert(pending_.notes.end(), notes_.begin(), notes_.end());
    return sink_(std::move(pending_));
  }

 private:
  Status line(std::string_view raw) {
    ++number_;
    if (number_ == 1 && raw.starts_with("\xEF\xBB\xBF")) raw.remove_prefix(3);
    std::string_view text = trimmed(raw);
    if (text.empty()) return {};
    std::string repaired;
    book::Document document;
    std::string problem;
    auto outcome = records_.read(text, number_, document, problem);
    if (outcome == JsonRecords::Outcome::Bad && !text::is_valid_utf8(text)) {
      repaired = decode_text(text).utf8;
      text = repaired;
      outcome = records_.read(text, number_, document, problem);
    }
    if (outcome == JsonRecords::Outcome::Document) return give(std::move(document));
    if (outcome == JsonRecords::Outcome::NoText) return keep(text);
    ++bad_;
    const std::string note = "line " + std::to_string(number_) + " is not valid JSON and was left out: " + problem;
    if (first_problem_.empty()) first_problem_ = note;
    if (notes_.size() < kMaxNotes) notes_.push_back(note);
    return {};
  }

  /// One document is held back, so that the last one can carry the notes.
  Status give(book::Document document) {
    if (held_) OB_RETURN_IF_ERROR(sink_(std::move(pending_)));
    pending_ = std::move(document);
    held_ = true;
    return {};
  }

  Status keep(std::string_view text) {
    kept_bytes_ += text.size();
    if (kept_bytes_ > kMaxRendered) {
      if (!too_many_)
        notes_.push_back("lines without a \"text\" from line " + std::to_string(number_) +
                         " on were left out: more than 64 MiB");
      too_many_ = true;
      return {};
    }
    auto value = parse_json_value(text, number_);
    if (value) others_.members.push_back({{}, *std::move(value)});
    return {};
  }

  book::Document rendered() {
    book::Document document = begin_document(blob_);
    others_.kind = JsonValue::Kind::Array;
    MarkdownWriter writer(document);
    if (others_.members.size() == 1)
      render_json(others_.members.front().value, writer);
    else
      render_json(others_, writer);
    finish_document(blob_, "json", document);
    return document;
  }

  const book::Blob& blob_;
  const DocumentSink& sink_;
  JsonRecords records_;
  std::string rest_;
  std::uint32_t number_ = 0;
  std::size_t bad_ = 0, kept_bytes_ = 0;
  bool held_ = false, too_many_ = false;
  book::Document pending_;
  JsonValue others_;
  std::vector<std::string> notes_;
  std::string first_problem_;
};

/// Is every element an object with a text?
bool holds_documents(const JsonValue& array) {
  if (array.kind != JsonValue::Kind::Array || array.members.empty()) return false;
  return std::all_of(array.members.begin(), array.members.end(), [](const auto& member) {
    const JsonValue* text = member.value.find("text");
    return text && text->kind == JsonValue::Kind::Text;
  });
}

/// Cuts the elements of an array out of its text: each balanced {…} at the first level.
Status each_object(std::string_view text, const std::function<Status(std::string_view, std::uint32_t)>& take) {
  int depth = 0;
  std::uint32_t line = 1, begin_line = 1;
  bool in_string = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    line += c == '\n';
    if (in_string) {
      if (c == '\\') ++i;
      in_string = c != '"';
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth == 2) begin = i, begin_line = line;
    } else if (c == '}' || c == ']') {
      if (depth-- == 2) OB_RETURN_IF_ERROR(take(text.substr(begin, i + 1 - begin), begin_line));
    }
  }
  return {};
}

/// JSON Lines under the name .json: the first line is a whole object and another line follows.
bool looks_like_lines(std::string_view text) {
  const std::string_view all = trimmed(text);
  const std::size_t end = all.find('\n');
  if (end == std::string_view::npos || all[0] != '{') return false;
  const std::string_view first = trimmed(all.substr(0, end)), second = trimmed(all.substr(end));
  return first.ends_with('}') && second.starts_with('{') && parse_json_value(first).has_value();
}

class JsonReader final : public Reader {
 public:
  Status read(const book::Blob& blob, const ReadOptions&, const DocumentSink& sink) const override {
    const bool by_name =
        blob.name.find(".jsonl") != std::string::npos || blob.name.find(".ndjson") != std::string::npos;
    if (is_gzip(blob.bytes)) {
      if (by_name) return packed_lines(blob, sink);
      std::string bytes;
      OB_RETURN_IF_ERROR(gunzip(blob.bytes, [&](std::string_view piece) -> Status {
        if (bytes.size() + piece.size() > kMaxWhole) return too_large();
        bytes += piece;
        return {};
      }));
      return read_text(blob, bytes, false, sink);
    }
    return read_text(blob, blob.bytes, by_name, sink);
  }

 private:
  static Status too_large() {
    return fail(Code::OverLimit,
                "more than 512 MiB of one JSON value; write it as JSON Lines (.jsonl), which is read line by line");
  }

  static Status packed_lines(const book::Blob& blob, const DocumentSink& sink) {
    Lines lines(blob, sink);
    OB_RETURN_IF_ERROR(gunzip(blob.bytes, [&](std::string_view piece) { return lines.feed(piece); }));
    return lines.finish();
  }

  static Status read_text(const book::Blob& blob, std::string_view bytes, bool as_lines, const DocumentSink& sink) {
    std::string decoded;
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") ||
        bytes.substr(0, 4).find('\0') != std::string_view::npos || (!as_lines && !text::is_valid_utf8(bytes))) {
      decoded = decode_text(bytes).utf8;
      bytes = decoded;
    }
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (as_lines || looks_like_lines(bytes)) {
      Lines lines(blob, sink);
      OB_RETURN_IF_ERROR(lines.feed(bytes));
      return lines.finish();
    }
    if (bytes.size() > kMaxWhole) return too_large();
    return read_whole(blob, bytes, sink);
  }

  static Status read_whole(const book::Blob& blob, std::string_view text, const DocumentSink& sink) {
    OB_TRY(const JsonValue value, parse_json_value(text));
    if (const JsonValue* own = value.find("text");
        holds_documents(value) || (own && own->kind == JsonValue::Kind::Text)) {
      JsonRecords records(blob);
      std::string problem;
      const auto give = [&](std::string_view object, std::uint32_t line) -> Status {
        book::Document document;
        if (records.read(object, line, document, problem) != JsonRecords::Outcome::Document) return {};
        if (own) document.uri = blob.uri;
        return sink(std::move(document));
      };
      return own ? give(text, 1) : each_object(text, give);
    }
    book::Document document = begin_document(blob);
    if (const JsonValue* title = value.find("title"); title && title->kind == JsonValue::Kind::Text)
      document.title = title->text;
    MarkdownWriter writer(document);
    render_json(value, writer);
    finish_document(blob, "json", document);
    return sink(std::move(document));
  }
};

}  // namespace

std::unique_ptr<Reader> make_json_reader() {
  return std::make_unique<JsonReader>();
}

bool sniff_json(std::string_view head) {
  if (is_gzip(head)) {
    std::string begin;
    const Status status = gunzip(head, [&](std::string_view piece) -> Status {
      begin += piece.substr(0, 4096);
      return fail(Code::Cancelled, "enough");
    });
    return !status && !is_gzip(begin) && sniff_json(begin);
  }
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) return sniff_json(decode_text(head).utf8);
  const std::string_view text = trimmed(head.starts_with("\xEF\xBB\xBF") ? head.substr(3) : head);
  if (text.size() < 2 || (text[0] != '{' && text[0] != '[')) return false;
  const std::string_view next = trimmed(text.substr(1));
  if (next.empty()) return false;
  if (text[0] == '{') return (next[0] == '"' && next.find(':') != std::string_view::npos) || next[0] == '}';
  return next[0] == '{' || next[0] == '"' || next[0] == '[' || next[0] == ']' || (next[0] >= '0' && next[0] <= '9');
}

}  // namespace openbook::read
