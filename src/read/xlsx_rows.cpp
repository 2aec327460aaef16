#include "read/xlsx_rows.h"

#include <algorithm>

namespace openbook::read {
namespace {

constexpr std::size_t kMaxRowBytes = 64u << 20;
constexpr std::size_t kMaxFrameBytes = 64u << 20;
constexpr std::uint32_t kMaxColumn = 16'384, kMaxRow = 1'048'576;
constexpr std::size_t kFilledBytes = 200;  ///< Longer texts of merged cells are not repeated.
constexpr std::uint32_t kMaxFilledColumns = 64, kMaxFilledRows = 2000;

using OnRow = std::function<Status(std::string_view)>;

/// Cuts a sheet's part into `row` elements, without building a tree of the whole.
class RowCutter {
 public:
  RowCutter(ZipStream stream, const OnRow& on_row) : stream_(std::move(stream)), on_row_(on_row) {}

  /// Everything that is not a row.
  Result<std::string> run() {
    for (bool more = true; more;) {
      OB_TRY(more, stream_.next(buffer_));
      if (open_.empty()) learn_prefix();
      OB_RETURN_IF_ERROR(cut(!more));
      if (buffer_.size() > kMaxRowBytes || frame_.size() > kMaxFrameBytes)
        return fail(Code::OverLimit, "one row of the sheet holds more than 64 MiB");
    }
    return std::move(frame_);
  }

 private:
  /// "<x:worksheet …>" tells that rows are "<x:row …>".
  void learn_prefix() {
    const std::size_t name = buffer_.find("worksheet");
    if (name == std::string::npos) return;
    const std::size_t begin = buffer_.rfind('<', name);
    if (begin == std::string::npos) return;
    const std::string prefix = buffer_.substr(begin + 1, name - begin - 1);
    open_ = "<" + prefix + "row";
    close_ = "</" + prefix + "row>";
  }

  Status cut(bool last) {
    std::size_t done = 0;
    while (!open_.empty()) {
      std::size_t begin = buffer_.find(open_, done);
      while (begin != std::string::npos && begin + open_.size() < buffer_.size() &&
             std::string_view(" \t\r\n/>").find(buffer_[begin + open_.size()]) == std::string_view::npos)
        begin = buffer_.find(open_, begin + 1);  // "<rowBreaks".
      if (begin == std::string::npos) break;
      const std::size_t tag_end = buffer_.find('>', begin);
      if (tag_end == std::string::npos) return keep(done, begin, last);
      std::size_t end = tag_end + 1;
      if (buffer_[tag_end - 1] != '/') {
        const std::size_t close = buffer_.find(close_, tag_end);
        if (close == std::string::npos) return keep(done, begin, last);
        end = close + close_.size();
      }
      frame_.append(buffer_, done, begin - done);
      OB_RETURN_IF_ERROR(on_row_(std::string_view(buffer_).substr(begin, end - begin)));
      done = end;
    }
    // A mark may be cut in two by the piece's end.
    const std::size_t tail = last ? 0 : std::min<std::size_t>(buffer_.size() - done, 64);
    return keep(done, buffer_.size() - tail, last);
  }

  /// Moves what is known to be no row to the frame, and keeps the rest for the next piece.
  Status keep(std::size_t from, std::size_t to, bool last) {
    frame_.append(buffer_, from, to - from);
    buffer_.erase(0, to);
    if (last && !buffer_.empty() && !open_.empty()) OB_RETURN_IF_ERROR(on_row_(buffer_));  // Cut off in the middle.
    return {};
  }

  ZipStream stream_;
  const OnRow& on_row_;
  std::string buffer_, frame_, open_, close_;
};

Merge parse_merge(std::string_view reference) {
  const std::size_t colon = reference.find(':');
  const CellReference first = parse_reference(reference.substr(0, colon));
  const CellReference last = colon == std::string_view::npos ? first : parse_reference(reference.substr(colon + 1));
  return {first.row, first.column, last.row, last.column};
}

/// Fills merged cells while rows go by.
class MergeFiller {
 public:
  explicit MergeFiller(const std::vector<Merge>& merges) : merges_(merges) {}

  void fill(SheetRow& row) {
    while (next_ < merges_.size() && merges_[next_].row < row.number) ++next_;
    std::erase_if(active_, [&](const Active& merge) { return merge.area.last_row < row.number; });
    for (; next_ < merges_.size() && merges_[next_].row == row.number; ++next_) {
      const Merge& merge = merges_[next_];
      const auto cell = std::find_if(row.cells.begin(), row.cells.end(),
                                     [&](const SheetCell& c) { return c.column == merge.column; });
      if (cell != row.cells.end() && cell->text.size() <= kFilledBytes && active_.size() < 1000)
        active_.push_back({merge, cell->text});
    }
    if (active_.empty()) return;
    std::vector<SheetCell> added;
    for (const Active& merge : active_) {
      const std::uint32_t last = std::min(merge.area.last_column, merge.area.column + kMaxFilledColumns);
      if (row.number - merge.area.row > kMaxFilledRows) continue;
      for (std::uint32_t column = merge.area.column; column <= last; ++column) {
        const bool taken =
            std::any_of(row.cells.begin(), row.cells.end(), [&](const SheetCell& c) { return c.column == column; });
        if (!taken) added.push_back({column, merge.text, true});
      }
    }
    row.cells.insert(row.cells.end(), added.begin(), added.end());
    std::stable_sort(row.cells.begin(), row.cells.end(),
                     [](const SheetCell& a, const SheetCell& b) { return a.column < b.column; });
  }

 private:
  struct Active {
    Merge area;
    std::string text;
  };
  const std::vector<Merge>& merges_;
  std::vector<Active> active_;
  std::size_t next_ = 0;
};

/// Cells of one row element. Positions that are missing follow on from the cell before.
SheetRow parse_row(XmlNode node, const XlsxWorkbook& workbook, std::uint32_t expected_number) {
  SheetRow row;
  row.number =
      static_cast<std::uint32_t>(std::clamp<long long>(number_attribute(node, "r", expected_number), 1, kMaxRow));
  std::uint32_t column = 0;
  for (const XmlNode cell : node.children()) {
    if (!is(cell, "c")) continue;
    const CellReference at = parse_reference(attribute(cell, "r"));
    column = at.column > 0 ? at.column : column + 1;
    if (column > kMaxColumn) break;
    std::string text = workbook.cell_text(cell);
    if (!trimmed(text).empty()) row.cells.push_back({column, std::move(text), false});
  }
  std::stable_sort(row.cells.begin(), row.cells.end(),
                   [](const SheetCell& a, const SheetCell& b) { return a.column < b.column; });
  return row;
}

}  // namespace

CellReference parse_reference(std::string_view text) {
  CellReference reference;
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const char c = static_cast<char>(text[at] & ~0x20);
    if (c < 'A' || c > 'Z' || text[at] < 'A') break;
    reference.column = std::min(reference.column * 26 + static_cast<std::uint32_t>(c - 'A' + 1), kMaxColumn + 1);
  }
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at)
    reference.row = std::min(reference.row * 10 + static_cast<std::uint32_t>(text[at] - '0'), kMaxRow + 1);
  return reference;
}

Result<SheetFrame> read_frame(Package& package, std::string_view part) {
  OB_TRY(ZipStream stream, package.archive().stream(part));
  const OnRow skip = [](std::string_view) -> Status { return {}; };
  OB_TRY(std::string frame, RowCutter(std::move(stream), skip).run());
  OB_TRY(Xml xml, parse_xml(std::move(frame), part));
  SheetFrame result{std::move(xml), {}};
  for (const XmlNode node : child(result.xml.root(), "mergeCells").children()) {
    const Merge merge = parse_merge(attribute(node, "ref"));
    if (merge.row > 0 && merge.column > 0 && merge.last_row >= merge.row && merge.last_column >= merge.column)
      result.merges.push_back(merge);
  }
  std::stable_sort(result.merges.begin(), result.merges.end(),
                   [](const Merge& a, const Merge& b) { return a.row < b.row; });
  return result;
}

Status visit_rows(Package& package, const XlsxWorkbook& workbook, std::string_view part,
                  const std::vector<Merge>& merges, const std::function<Status(SheetRow)>& visit) {
  OB_TRY(ZipStream stream, package.archive().stream(part));
  MergeFiller filler(merges);
  std::uint32_t expected_number = 1;
  const OnRow on_row = [&](std::string_view element) -> Status {
    pugi::xml_document tree;
    tree.load_buffer(element.data(), element.size(), pugi::parse_default | pugi::parse_ws_pcdata_single);
    SheetRow row = parse_row(tree.document_element(), workbook, expected_number);
    expected_number = row.number + 1;
    filler.fill(row);
    return row.cells.empty() ? Status() : visit(std::move(row));
  };
  const Result<std::string> frame = RowCutter(std::move(stream), on_row).run();
  return frame ? Status() : fail(frame.error());
}

}  // namespace openbook::read
