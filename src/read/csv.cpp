#include "read/csv.h"

#include <algorithm>

#include "read/csv_dialect.h"
#include "read/encoding.h"
#include "read/finish.h"
#include "read/markdown_writer.h"

namespace openbook::read {
namespace {

constexpr std::size_t kMaxColumns = 4096;

bool is_blank(const std::vector<std::string>& fields) {
  return std::all_of(fields.begin(), fields.end(),
                     [](const std::string& field) { return field.find_first_not_of(" \t\0") == std::string::npos; });
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// Writes the table of a file, and lines that stand before it (titles, comments) as paragraphs.
class CsvTable {
 public:
  CsvTable(std::string_view text, book::Document& into) : text_(text), into_(into), writer_(into) {}

  Status write() {
    const CsvDialect dialect = csv_dialect_of(text_);
    OB_RETURN_IF_ERROR(count_columns(dialect));
    CsvRecords records(text_, dialect);
    std::vector<std::string> fields;
    for (std::uint32_t row = 1; records.next(fields); ++row) {
      if (is_blank(fields)) continue;
      if (row == 1 && fields[0].starts_with("sep=")) continue;
      add(fields, row, static_cast<std::uint32_t>(records.line()));
    }
    into_.metadata["rows"] = std::to_string(rows_);
    if (odd_rows_ > 0)
      into_.notes.push_back(std::to_string(odd_rows_) + " of " + std::to_string(rows_) +
                            " rows have another number of fields than the header");
    return {};
  }

 private:
  /// The width of the table; what most records have decides where the header is.
  Status count_columns(const CsvDialect& dialect) {
    CsvRecords records(text_, dialect);
    std::vector<std::string> fields;
    std::vector<std::size_t> counts(kMaxColumns + 1);
    while (records.next(fields)) {
      if (is_blank(fields)) continue;
      if (fields.size() > kMaxColumns)
        return fail(Code::OverLimit, "a row of more than " + std::to_string(kMaxColumns) +
                                         " fields; split the table, or check its separator");
      columns_ = std::max(columns_, fields.size());
      ++counts[fields.size()];
    }
    usual_ = static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin());
    return {};
  }

  void add(const std::vector<std::string>& fields, std::uint32_t row, std::uint32_t line) {
    const bool is_comment = fields[0].starts_with('#') && fields.size() != usual_;
    const bool is_title = !begun_ && fields.size() == 1 && usual_ > 2;
    if (is_comment || is_title) {
      if (!begun_) writer_.paragraph(fields[0], span(row, line));
      return;
    }
    cells_.resize(fields.size());
    for (std::size_t i = 0; i < fields.size(); ++i) {
      cells_[i].text = trimmed(fields[i]);
      std::erase(cells_[i].text, '\0');
      cells_[i].at = span(row, line);
      cells_[i].at.column = static_cast<std::uint32_t>(i + 1);
    }
    ++rows_;
    if (!begun_) {
      header_size_ = fields.size();
      writer_.table_header(cells_, columns_);
    } else {
      odd_rows_ += fields.size() != header_size_;
      writer_.table_row(cells_);
    }
    begun_ = true;
  }

  static book::SourceSpan span(std::uint32_t row, std::uint32_t line) {
    book::SourceSpan at;
    at.row = row;
    at.line = line;
    at.column = 1;
    return at;
  }

  std::string_view text_;
  book::Document& into_;
  MarkdownWriter writer_;
  std::vector<TableCell> cells_;
  std::size_t columns_ = 0, usual_ = 0, header_size_ = 0, rows_ = 0, odd_rows_ = 0;
  bool begun_ = false;
};

class CsvReader final : public Reader {
 public:
  Status read(const book::Blob& blob, const ReadOptions&, const DocumentSink& sink) const override {
    const DecodedText text = decode_text(blob.bytes);
    book::Document document = begin_document(blob);
    note_encoding(text, document);
    OB_RETURN_IF_ERROR(CsvTable(text.utf8, document).write());
    finish_document(blob, "csv", document);
    return sink(std::move(document));
  }
};

}  // namespace

std::unique_ptr<Reader> make_csv_reader() {
  return std::make_unique<CsvReader>();
}

bool sniff_csv(std::string_view head) {
  const std::string_view whole_lines = head.size() < 4096 ? head : head.substr(0, head.rfind('\n'));
  const CsvDialect dialect = csv_dialect_of(whole_lines);
  CsvRecords records(whole_lines, dialect);
  std::vector<std::string> fields;
  std::size_t size = 0, rows = 0;
  while (records.next(fields)) {
    if (is_blank(fields)) continue;
    if (rows == 0) size = fields.size();
    if (fields.size() != size || size < 2) return false;
    ++rows;
  }
  return rows >= 3 && (size >= 3 || dialect.separator == '\t');
}

}  // namespace openbook::read
