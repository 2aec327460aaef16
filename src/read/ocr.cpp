#include "read/ocr.h"

#include "base/bytes.h"

namespace openbook::read {

namespace {
constexpr std::size_t kSmallestWord = 1 + 4 * 4 + 4 + 4;  ///< Bytes of a word without text.
}

std::string encode(const std::vector<OcrWord>& words) {
  ByteWriter out;
  out.varint(words.size());
  for (const OcrWord& word : words) {
    out.text(word.text);
    for (const float edge : {word.box.x0, word.box.y0, word.box.x1, word.box.y1}) out.f32(edge);
    for (const int number : {word.block, word.paragraph, word.line, word.page}) out.zigzag(number);
    out.f32(word.confidence);
  }
  return out.take();
}

Result<std::vector<OcrWord>> decode_ocr_words(std::string_view bytes) {
  ByteReader in(bytes);
  const std::uint64_t count = in.varint();
  if (in.failed() || count > in.remaining() / kSmallestWord)
    return fail(Code::Corrupt, "a frame of recognised words is damaged; this is a fault of the reader process");
  std::vector<OcrWord> words(count);
  for (OcrWord& word : words) {
    word.text = std::string(in.text());
    for (float* edge : {&word.box.x0, &word.box.y0, &word.box.x1, &word.box.y1}) *edge = in.f32();
    for (int* number : {&word.block, &word.paragraph, &word.line, &word.page}) *number = static_cast<int>(in.zigzag());
    word.confidence = in.f32();
  }
  if (in.failed() || in.remaining() != 0)
    return fail(Code::Corrupt, "a frame of recognised words is damaged; this is a fault of the reader process");
  return words;
}

}  // namespace openbook::read
