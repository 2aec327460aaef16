#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace openbook::read {

/// How a table file is written.
struct CsvDialect {
  char separator = ',';
  char quote = '"';
  bool backslash_escapes = false;  ///< \" inside quotes, besides "".
};

/// Reads records one after another from text that must outlive it.
class CsvRecords {
 public:
  CsvRecords(std::string_view text, CsvDialect dialect) : text_(text), dialect_(dialect) {}

  /// Fills `fields` with the next record; false at the end. A quote that is never closed ends at its line's end.
  bool next(std::vector<std::string>& fields);
  std::size_t line() const { return line_; }  ///< 1-based line where the record read last begins.
  std::size_t offset() const { return at_; }

 private:
  bool quoted_field(std::string& field);
  void plain_field(std::string& field);

  std::string_view text_;
  CsvDialect dialect_;
  std::size_t at_ = 0, line_ = 0, next_line_ = 1;
};

/// The dialect under which the first records agree best about their number of fields.
CsvDialect csv_dialect_of(std::string_view text);

}  // namespace openbook::read
