#include "read/pdf/pdf_file.h"

#include <ErrorCodes.h>
#include <Outline.h>
#include <SplashOutputDev.h>
#include <goo/GooString.h>
#include <splash/SplashBitmap.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "read/pdf/poppler_text.h"
#include "text/utf8.h"

namespace openbook::read {

namespace {

constexpr std::size_t kMaxOutline = 5'000;
constexpr int kMaxOutlineDepth = 8;
constexpr float kMaxPixels = 30e6F;

std::string to_utf8(const std::u32string& code_points) {
  std::string out;
  for (const char32_t c : code_points)
    if (c >= 0x20 && c != 0x7F) text::append_utf8(out, c);
  const std::size_t begin = out.find_first_not_of(' ');
  if (begin == std::string::npos) return {};
  return out.substr(begin, out.find_last_not_of(' ') - begin + 1);
}

std::string info(PDFDoc& pdf, const char* key) {
  const std::unique_ptr<GooString> value = pdf.getDocInfoStringEntry(key);
  if (!value || value->getLength() > 4096) return {};
  return to_utf8(code_points_of(value->toStr()));
}

// "D:20240131120000+01'00'" → "2024-01-31".
std::string date_of(const std::string& text) {
  std::string digits;
  for (const char c : text.substr(text.starts_with("D:") ? 2 : 0)) {
    if (!std::isdigit(static_cast<unsigned char>(c)) || digits.size() == 8) break;
    digits += c;
  }
  if (digits.size() < 4) return {};
  std::string out = digits.substr(0, 4);
  if (digits.size() >= 6) out += '-' + digits.substr(4, 2);
  if (digits.size() >= 8) out += '-' + digits.substr(6, 2);
  return out;
}

bool is_sensible_title(const std::string& title) {
  if (title.size() < 3 || title.size() > 300) return false;
  for (const char* part : {"Microsoft Word", "Microsoft PowerPoint", "untitled", "Untitled", ".doc", ".indd", ".qxd",
                           ".dvi", ".tex", ".xls", ".ppt", ".pdf", ".rtf", "PowerPoint Presentation"})
    if (title.find(part) != std::string::npos) return false;
  return title.find(' ') != std::string::npos || static_cast<unsigned char>(title[0]) >= 0x80 || title.size() > 8;
}

void collect(const std::vector<OutlineItem*>* items, int depth, std::vector<OutlineEntry>& out) {
  if (items == nullptr || depth > kMaxOutlineDepth) return;
  for (OutlineItem* item : *items) {
    if (item == nullptr || out.size() >= kMaxOutline) return;
    out.push_back({outline_key(to_utf8(title_of(*item))), depth});
    item->open();
    if (item->hasKids()) collect(item->getKids(), depth + 1, out);
  }
}

}  // namespace

Result<std::unique_ptr<PDFDoc>> open_pdf(std::string_view bytes, const ReadOptions& options) {
  std::optional<GooString> password;
  if (!options.password.empty()) password.emplace(options.password);
  const auto open = [&](const std::optional<GooString>& user) {
    auto* stream = new MemStream(bytes.data(), 0, static_cast<Goffset>(bytes.size()), Object(objNull));
    return std::make_unique<PDFDoc>(stream, user, user);
  };
  std::unique_ptr<PDFDoc> pdf = open(password);
  if (!pdf->isOk() && pdf->getErrorCode() == errEncrypted && password) {
    // Older files take the password in Latin-1, as their security handler says (ISO 32000-1, 7.6.3.3).
    std::string latin;
    for (std::size_t at = 0; at < options.password.size();) {
      const char32_t c = text::next_code_point(options.password, at);
      latin += static_cast<char>(c < 256 ? c : '?');
    }
    if (latin != options.password) pdf = open(GooString(latin));
  }
  if (pdf->isOk()) return pdf;
  if (pdf->getErrorCode() == errEncrypted) {
    if (options.password.empty())
      return fail(Code::Unsupported, "the PDF is encrypted and opens only with a password; give it with --password");
    return fail(Code::Unsupported, "the PDF is encrypted and the password given does not open it; check --password");
  }
  return fail(Code::Corrupt,
              "the PDF is damaged: neither its cross-reference table nor a page tree can be found or "
              "rebuilt; try to open it in a viewer and save or print it anew");
}

void add_metadata(PDFDoc& pdf, book::Document& document) {
  const auto keep = [&](const char* name, std::string value) {
    if (!value.empty()) document.metadata[name] = text::to_valid_utf8(value);
  };
  const std::string title = info(pdf, "Title");
  keep("title", title);
  keep("author", info(pdf, "Author"));
  keep("subject", info(pdf, "Subject"));
  keep("keywords", info(pdf, "Keywords"));
  keep("date", date_of(info(pdf, "CreationDate")));
  keep("modified", date_of(info(pdf, "ModDate")));
  if (is_sensible_title(title)) document.title = title;
}

std::vector<OutlineEntry> outline_of(PDFDoc& pdf) {
  std::vector<OutlineEntry> out;
  Outline* outline = pdf.getOutline();
  if (outline != nullptr) collect(outline->getItems(), 1, out);
  return out;
}

PagePicture draw_page(PDFDoc& pdf, int page, float dpi, int turn) {
  const double width = pdf.getPageCropWidth(page) / 72, height = pdf.getPageCropHeight(page) / 72;
  if (!(width > 0) || !(height > 0)) return {};
  dpi = std::min(dpi, static_cast<float>(std::sqrt(kMaxPixels / (width * height))));
  if (dpi < 20) return {};
  SplashColor paper{};
  paper[0] = 255;
  SplashOutputDev device(splashModeMono8, 1, false, paper);
  device.startDoc(&pdf);
  pdf.displayPage(&device, page, dpi, dpi, 90 * turn, false, true, false);
  SplashBitmap* bitmap = device.getBitmap();
  if (bitmap == nullptr || bitmap->getDataPtr() == nullptr) return {};
  const int columns = bitmap->getWidth(), rows = bitmap->getHeight();
  PagePicture picture{"P5\n" + std::to_string(columns) + " " + std::to_string(rows) + "\n255\n", dpi};
  for (int row = 0; row < rows; ++row)
    picture.bytes.append(
        reinterpret_cast<const char*>(bitmap->getDataPtr()) + static_cast<std::ptrdiff_t>(row) * bitmap->getRowSize(),
        static_cast<std::size_t>(columns));
  return picture;
}

}  // namespace openbook::read
