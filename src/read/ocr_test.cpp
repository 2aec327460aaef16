#include "read/ocr.h"

#include <gtest/gtest.h>

namespace openbook::read {
namespace {

std::vector<OcrWord> two_words() {
  return {{"Hello", {1, 2, 30, 12}, 0, 0, 1, 96.5F}, {"世界", {40, 2, 60, 12}, 1, 2, 3, 12.25F, 1}};
}

TEST(OcrWords, SurviveThePipe) {
  const auto back = decode_ocr_words(encode(two_words()));
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(*back, two_words());
}

TEST(OcrWords, EveryTruncationIsCorrupt) {
  const std::string bytes = encode(two_words());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto back = decode_ocr_words(std::string_view(bytes).substr(0, size));
    ASSERT_FALSE(back.has_value()) << size;
    EXPECT_EQ(back.error().code, Code::Corrupt);
  }
}

}  // namespace
}  // namespace openbook::read
