#include "read/csv_dialect.h"

#include <algorithm>
#include <map>

namespace openbook::read {
namespace {

constexpr std::size_t kSample = 65536;
constexpr std::size_t kMaxQuoted = std::size_t{1} << 20;  ///< A longer quoted field is a stray quote.

/// How well records agree: the share of those with the most common number of fields, more of them counting more.
double agreement(std::string_view sample, const CsvDialect& dialect) {
  CsvRecords records(sample, dialect);
  std::vector<std::string> fields;
  std::map<std::size_t, std::size_t> counts;
  std::size_t total = 0, stray_quotes = 0;
  while (total < 200 && records.next(fields)) {
    if (fields.size() == 1 && (fields[0].empty() || fields[0][0] == '#')) continue;
    ++counts[fields.size()];
    ++total;
    for (const std::string& field : fields)
      stray_quotes += !field.empty() && field[0] == dialect.quote && field.find('\n') == std::string::npos;
  }
  double best = 0;
  for (const auto& [size, count] : counts) {
    if (size < 2) continue;
    const double share = static_cast<double>(count) / static_cast<double>(total);
    best = std::max(best, share * share * (1.0 + 0.1 * static_cast<double>(std::min<std::size_t>(size, 10))));
  }
  return best - 0.1 * static_cast<double>(stray_quotes) / static_cast<double>(std::max<std::size_t>(total, 1));
}

}  // namespace

bool CsvRecords::quoted_field(std::string& field) {
  const std::size_t begin = at_++;
  std::size_t lines = 0;
  while (at_ < text_.size() && at_ - begin < kMaxQuoted) {
    const char c = text_[at_];
    if (dialect_.backslash_escapes && c == '\\' && at_ + 1 < text_.size()) {
      field += text_[at_ + 1];
      at_ += 2;
    } else if (c != dialect_.quote) {
      lines += c == '\n';
      field += c;
      ++at_;
    } else if (at_ + 1 < text_.size() && text_[at_ + 1] == dialect_.quote) {
      field += c;
      at_ += 2;
    } else {
      ++at_;
      next_line_ += lines;
      return true;
    }
  }
  field.clear();
  at_ = begin;
  return false;
}

void CsvRecords::plain_field(std::string& field) {
  while (at_ < text_.size() && text_[at_] != dialect_.separator && text_[at_] != '\n' && text_[at_] != '\r') {
    if (dialect_.backslash_escapes && text_[at_] == '\\' && at_ + 1 < text_.size() &&
        text_[at_ + 1] == dialect_.separator)
      ++at_;
    field += text_[at_++];
  }
}

bool CsvRecords::next(std::vector<std::string>& fields) {
  fields.clear();
  if (at_ >= text_.size()) return false;
  line_ = next_line_;
  while (true) {
    std::string field;
    std::size_t blank = at_;
    while (blank < text_.size() && text_[blank] == ' ') ++blank;
    if (blank < text_.size() && text_[blank] == dialect_.quote) {
      at_ = blank;
      if (!quoted_field(field))
        plain_field(field);
      else
        plain_field(field);  // What follows the closing quote belongs to the field.
    } else {
      plain_field(field);
    }
    fields.push_back(std::move(field));
    if (at_ >= text_.size()) return true;
    const char c = text_[at_++];
    if (c == dialect_.separator) continue;
    if (c == '\r' && at_ < text_.size() && text_[at_] == '\n') ++at_;
    ++next_line_;
    return true;
  }
}

CsvDialect csv_dialect_of(std::string_view text) {
  std::string_view sample = text.substr(0, kSample);
  if (sample.size() < text.size()) sample = sample.substr(0, sample.rfind('\n'));
  // Declared in the first line, as some spreadsheets do.
  CsvDialect best;
  if (sample.starts_with("sep=") && sample.size() > 5) {
    best.separator = sample[4];
    return best;
  }
  double highest = 0;
  const bool has_escapes =
      sample.find("\\\"") != std::string_view::npos || sample.find("\\'") != std::string_view::npos;
  for (const char separator : {',', ';', '\t', '|'}) {
    for (const char quote : {'"', '\''}) {
      if (quote == '\'' && sample.find('\'') == std::string_view::npos) continue;
      for (const bool escapes : {false, true}) {
        if (escapes && !has_escapes) continue;
        const CsvDialect dialect{separator, quote, escapes};
        const double score = agreement(sample, dialect) - (quote == '\'' ? 0.05 : 0.0);
        if (score > highest + 1e-9) highest = score, best = dialect;
      }
    }
  }
  return best;
}

}  // namespace openbook::read
