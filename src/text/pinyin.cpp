#include "text/pinyin.h"

#include <iterator>

namespace openbook::text {
namespace {

constexpr char32_t kFirst = 0x4E00;
constexpr std::uint16_t kSounds[] = {
#include "text/pinyin_table.inc"
};

}  // namespace

std::uint16_t sound_of(char32_t code_point) {
  return code_point >= kFirst && code_point - kFirst < std::size(kSounds) ? kSounds[code_point - kFirst] : 0;
}

}  // namespace openbook::text
