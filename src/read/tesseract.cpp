#include "read/tesseract.h"

#include <array>
#include <charconv>
#include <mutex>

#include "base/subprocess.h"
#include "text/utf8.h"

namespace openbook::read {

namespace {

constexpr std::size_t kFields = 12;  ///< level page block par line word left top width height conf text.

std::size_t split(std::string_view line, std::array<std::string_view, kFields>& fields) {
  std::size_t count = 0;
  while (count < kFields) {
    const std::size_t end = count + 1 < kFields ? line.find('\t') : std::string_view::npos;
    fields[count++] = line.substr(0, end);
    if (end == std::string_view::npos) break;
    line.remove_prefix(end + 1);
  }
  return count;
}

template <typename Number>
Number to_number(std::string_view text) {
  Number number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Error not_installed() {
  return Error{Code::Unsupported,
               "text in pictures is recognised by tesseract, which is not installed; install the packages "
               "tesseract-ocr and tesseract-ocr-chi-sim",
               {}};
}

}  // namespace

std::vector<OcrWord> words_of_tsv(std::string_view tsv) {
  std::vector<OcrWord> words;
  while (!tsv.empty()) {
    const std::size_t end = std::min(tsv.find('\n'), tsv.size());
    std::string_view line = tsv.substr(0, end);
    tsv.remove_prefix(std::min(end + 1, tsv.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    std::array<std::string_view, kFields> fields;
    if (split(line, fields) < kFields || fields[0] != "5") continue;  // Level 5: a word.
    const std::string_view text = fields[11];
    if (text.find_first_not_of(" \t") == std::string_view::npos) continue;
    OcrWord& word = words.emplace_back();
    word.text = text::to_valid_utf8(text);
    word.page = std::max(0, to_number<int>(fields[1]) - 1);
    word.block = to_number<int>(fields[2]);
    word.paragraph = to_number<int>(fields[3]);
    word.line = to_number<int>(fields[4]);
    word.box.x0 = to_number<float>(fields[6]);
    word.box.y0 = to_number<float>(fields[7]);
    word.box.x1 = word.box.x0 + to_number<float>(fields[8]);
    word.box.y1 = word.box.y0 + to_number<float>(fields[9]);
    word.confidence = to_number<float>(fields[10]);
  }
  return words;
}

struct TesseractOcr::State {
  Options options;
  std::once_flag asked;
  std::string languages;  ///< "eng+chi_sim"; empty when none or no tesseract.
  bool has_orientation = false;
  Error why;  ///< When languages is empty.

  void ask() {
    Command command;
    command.argv = {options.program, "--list-langs"};
    command.timeout = std::chrono::seconds(10);
    const auto finished = run(command);
    if (!finished || !finished->ok()) {
      why = not_installed();
      return;
    }
    const std::string list = "\n" + finished->output + "\n";
    has_orientation = list.find("\nosd\n") != std::string::npos;
    languages = options.languages;
    if (!languages.empty()) return;
    for (const char* language : {"eng", "chi_sim"})
      if (list.find("\n" + std::string(language) + "\n") != std::string::npos)
        languages += (languages.empty() ? "" : "+") + std::string(language);
    if (languages.empty())
      why = Error{Code::Unsupported,
                  "tesseract is installed, but neither its English nor its Chinese data; install the packages "
                  "tesseract-ocr-eng and tesseract-ocr-chi-sim",
                  {}};
  }
};

TesseractOcr::TesseractOcr(Options options) : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
}
TesseractOcr::~TesseractOcr() = default;

Result<std::vector<OcrWord>> TesseractOcr::recognise(std::string_view image_bytes) const {
  std::call_once(state_->asked, [this] { state_->ask(); });
  if (state_->languages.empty()) return fail(state_->why);
  Command command;
  // Page segmentation 1 finds out which way is up, 3 does not.
  command.argv = {state_->options.program,
                  "stdin",
                  "stdout",
                  "-l",
                  state_->languages,
                  "--psm",
                  state_->has_orientation ? "1" : "3",
                  "tsv"};
  command.input = image_bytes;
  command.environment = {"OMP_THREAD_LIMIT=1"};
  command.timeout = state_->options.timeout;
  command.memory_bytes = state_->options.memory_bytes;
  auto finished = run(command);
  if (!finished) return fail(std::move(finished).error().at("tesseract"));
  if (!finished->ok()) {
    const std::string_view all = finished->error_output;
    return fail(Code::Corrupt,
                "tesseract cannot read the picture: " + text::to_valid_utf8(all.substr(0, all.find('\n'))));
  }
  return words_of_tsv(finished->output);
}

}  // namespace openbook::read
