#pragma once

#include <UTF.h>
#include <goo/gmem.h>

#include <string>

/// poppler's own classes change between releases. What openbook uses of them and differs between Debian 12 (22.12),
/// Ubuntu 24.04 (24.02) and Debian 13 (25.03) is told apart here and nowhere else.
namespace openbook::read {

/// A PDF text string (ISO 32000-1, 7.9.2.2) as code points. `Text` is std::string; a template, so that the branch for
/// the other poppler is not compiled.
template <typename Text>
std::u32string code_points_of(const Text& text) {
  if constexpr (requires { TextStringToUCS4(text).size(); }) {
    const auto units = TextStringToUCS4(text);
    return {units.begin(), units.end()};
  } else {
    Unicode* units = nullptr;
    const int count = TextStringToUCS4(text, &units);
    std::u32string out(units, units + count);
    gfree(units);
    return out;
  }
}

/// The title of an outline item; `Item` is OutlineItem.
template <typename Item>
std::u32string title_of(const Item& item) {
  if constexpr (requires { item.getTitleLength(); }) {
    return {item.getTitle(), item.getTitle() + item.getTitleLength()};
  } else {
    return {item.getTitle().begin(), item.getTitle().end()};
  }
}

}  // namespace openbook::read
