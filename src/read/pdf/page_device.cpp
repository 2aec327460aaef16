#include "read/pdf/page_device.h"

#include <Gfx.h>
#include <GfxFont.h>
#include <GfxState.h>

#include <algorithm>
#include <cmath>

#include "read/pdf/poppler_text.h"

namespace openbook::read {

namespace {

// A page that paints more than this is a picture or a bomb; its further marks are not needed to read it.
constexpr std::size_t kMaxGlyphs = 400'000;
constexpr std::size_t kMaxRules = 20'000;
constexpr double kThin = 2.6;        ///< Points: a filled rectangle no thicker is a line.
constexpr double kShortestRule = 4;  ///< Points.

std::uint8_t style_of(const GfxFont& font) {
  std::uint8_t style = 0;
  if (font.isFixedWidth()) style |= kMono;
  if (font.isItalic()) style |= kItalic;
  if (font.isBold() || font.getWeight() >= GfxFont::W600) style |= kBold;
  if (const auto& name = font.getName()) {
    const auto has = [&](const char* part) { return name->find(part) != std::string::npos; };
    if (has("Bold") || has("bold") || has("Black") || has("Heavy") || has("CMBX") || has("-Bd") || has("Demi"))
      style |= kBold;
    if (has("Courier") || has("Mono") || has("Consol") || has("CMTT") || has("Menlo")) style |= kMono;
    if (has("Italic") || has("Oblique")) style |= kItalic;
  }
  return style;
}

// Clockwise quarter turns of a direction in device space (y down).
std::uint8_t turn_of(double x, double y) {
  if (std::abs(x) >= std::abs(y)) return x >= 0 ? 0 : 2;
  return y > 0 ? 1 : 3;
}

void set_extent(Glyph& glyph, const GfxFont& font) {
  double ascent = font.getAscent(), descent = -font.getDescent();
  if (font.getType() == fontType3) {
    const double* box = font.getFontBBox();
    ascent = box[3] * font.getFontMatrix()[3];
    descent = -box[1] * font.getFontMatrix()[3];
  }
  glyph.ascent = static_cast<float>(ascent > 0.3 && ascent < 1.1 ? ascent : 0.75);
  glyph.descent = static_cast<float>(descent >= 0 && descent < 0.5 ? descent : 0.22);
}

bool is_axis_box(const GfxSubpath& path) {
  const int points = path.getNumPoints();
  if (points < 4 || points > 5) return false;
  for (int i = 0; i < points; ++i) {
    if (path.getCurve(i)) return false;
    if (i > 0 && std::abs(path.getX(i) - path.getX(i - 1)) > 0.01 && std::abs(path.getY(i) - path.getY(i - 1)) > 0.01)
      return false;
  }
  return true;
}

}  // namespace

void PageDevice::startPage(int number, GfxState* state, XRef*) {
  page_ = {};
  page_.number = static_cast<std::uint32_t>(number);
  page_.width = static_cast<float>(state->getPageWidth());
  page_.height = static_cast<float>(state->getPageHeight());
  replaced_.clear();
  actual_depth_ = 0;
  unmapped_ = 0;
  image_share_ = image_dpi_ = 0;
}

PageContent PageDevice::take() {
  return std::move(page_);
}

void PageDevice::add(const Glyph& glyph) {
  if (page_.glyphs.size() >= kMaxGlyphs) return;
  if (glyph.x < -2 || glyph.y < -2 || glyph.x > page_.width + 2 || glyph.y > page_.height + 2 + glyph.size) return;
  page_.glyphs.push_back(glyph);
}

void PageDevice::drawChar(GfxState* state, double x, double y, double dx, double dy, double origin_x, double origin_y,
                          CharCode, int, const Unicode* unicode, int unicode_count) {
  const auto& font = state->getFont();
  if (!font) return;
  double m11 = 0, m12 = 0, m21 = 0, m22 = 0;
  state->getFontTransMat(&m11, &m12, &m21, &m22);
  const double size = std::hypot(m21, m22);
  const bool vertical = font->getWMode() == 1;
  double px = 0, py = 0, ax = 0, ay = 0;
  state->transform(x - (vertical ? origin_x : 0), y - (vertical ? origin_y : 0), &px, &py);
  state->transformDelta(dx, dy, &ax, &ay);
  Glyph glyph;
  set_extent(glyph, *font);
  if (!(size > 0.3) || size > 2000 || !std::isfinite(px) || !std::isfinite(py)) return;
  glyph.size = static_cast<float>(size);
  glyph.style = style_of(*font);
  glyph.advance = static_cast<float>(std::hypot(ax, ay));
  // Letter spacing belongs to the letter unless it is so wide that it parts columns.
  double sx = 0, sy = 0, wx = 0, wy = 0;
  state->textTransformDelta(state->getCharSpace() * state->getHorizScaling(), 0, &sx, &sy);
  state->transformDelta(sx, sy, &wx, &wy);
  if (const double spacing = std::hypot(wx, wy); state->getCharSpace() > 0 && spacing > 0.3 * size)
    glyph.advance = std::max(0.0F, glyph.advance - static_cast<float>(spacing));
  if (vertical) {
    // A column of upright letters is a line that runs down; its baseline is the letters' left edge.
    glyph.turn = 1;
    state->transform(x, y, &px, &py);
    px -= size / 2;
    glyph.ascent = 1;
    glyph.descent = 0;
  } else {
    glyph.turn = turn_of(m11, m12);
  }
  if (unicode_count <= 0 || unicode == nullptr) {
    ++unmapped_;
    if (actual_depth_ == 0) return;
  }
  const int count = std::max(unicode_count, 1);
  const bool reversed = unicode_count > 1 && unicode[0] >= 0x590 && unicode[0] <= 0x8FF;
  glyph.advance /= static_cast<float>(count);
  static constexpr float kStepX[] = {1, 0, -1, 0}, kStepY[] = {0, 1, 0, -1};
  for (int i = 0; i < count; ++i) {
    // Letters of a right-to-left ligature are seen in the opposite order.
    const int at = reversed ? count - 1 - i : i;
    glyph.character = unicode_count > 0 ? static_cast<char32_t>(unicode[at]) : U'\uFFFD';
    glyph.x = static_cast<float>(px) + kStepX[glyph.turn] * glyph.advance * static_cast<float>(i);
    glyph.y = static_cast<float>(py) + kStepY[glyph.turn] * glyph.advance * static_cast<float>(i);
    if (actual_depth_ > 0)
      replaced_.push_back(glyph);
    else
      add(glyph);
  }
}

void PageDevice::beginActualText(GfxState*, const GooString* text) {
  if (actual_depth_++ > 0) return;
  replaced_.clear();
  actual_text_ = code_points_of(text->toStr());
}

void PageDevice::endActualText(GfxState*) {
  if (actual_depth_ == 0 || --actual_depth_ > 0 || replaced_.empty()) return;
  // Text that stands for many glyphs is spread evenly where they stood on one line; else the glyphs are more exact.
  const Glyph& first = replaced_.front();
  const Glyph& last = replaced_.back();
  const bool level =
      first.turn % 2 == 0 ? std::abs(first.y - last.y) < first.size : std::abs(first.x - last.x) < first.size;
  if (!level || actual_text_.empty()) {
    for (const Glyph& glyph : replaced_)
      if (glyph.character != U'\uFFFD') add(glyph);
    return;
  }
  const float extent = (first.turn % 2 == 0 ? std::abs(last.x - first.x) : std::abs(last.y - first.y)) + last.advance;
  const float step = extent / static_cast<float>(actual_text_.size());
  const float dx = first.turn == 0 ? step : first.turn == 2 ? -step : 0;
  const float dy = first.turn == 1 ? step : first.turn == 3 ? -step : 0;
  Glyph glyph = first;
  glyph.advance = step;
  for (const char32_t character : actual_text_) {
    glyph.character = character;
    add(glyph);
    glyph.x += dx;
    glyph.y += dy;
  }
}

void PageDevice::note_rule(double x0, double y0, double x1, double y1, double width) {
  if (page_.rules.size() >= kMaxRules) return;
  if (x0 > x1) std::swap(x0, x1);
  if (y0 > y1) std::swap(y0, y1);
  if (!(x1 > -5 && y1 > -5 && x0 < page_.width + 5 && y0 < page_.height + 5)) return;
  const bool level = y1 - y0 <= 1.0, upright = x1 - x0 <= 1.0;
  if (level == upright || std::max(x1 - x0, y1 - y0) < kShortestRule) return;
  const double half = std::clamp(width / 2, 0.1, 2.0);
  if (level) y0 -= half, y1 += half;
  if (upright) x0 -= half, x1 += half;
  page_.rules.push_back(
      {static_cast<float>(x0), static_cast<float>(y0), static_cast<float>(x1), static_cast<float>(y1)});
}

void PageDevice::stroke(GfxState* state) {
  const GfxPath* path = state->getPath();
  const double width = state->getTransformedLineWidth();
  for (int s = 0; s < path->getNumSubpaths() && page_.rules.size() < kMaxRules; ++s) {
    const GfxSubpath* part = path->getSubpath(s);
    for (int i = 1; i < part->getNumPoints(); ++i) {
      if (part->getCurve(i)) continue;
      double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
      state->transform(part->getX(i - 1), part->getY(i - 1), &x0, &y0);
      state->transform(part->getX(i), part->getY(i), &x1, &y1);
      note_rule(x0, y0, x1, y1, width);
    }
  }
}

void PageDevice::fill(GfxState* state) {
  const GfxPath* path = state->getPath();
  for (int s = 0; s < path->getNumSubpaths() && page_.rules.size() < kMaxRules; ++s) {
    const GfxSubpath* part = path->getSubpath(s);
    if (!is_axis_box(*part)) continue;
    double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    state->transform(part->getX(0), part->getY(0), &x0, &y0);
    state->transform(part->getX(2), part->getY(2), &x1, &y1);
    if (x0 > x1) std::swap(x0, x1);
    if (y0 > y1) std::swap(y0, y1);
    if (y1 - y0 <= kThin) {
      note_rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2, y1 - y0);
    } else if (x1 - x0 <= kThin) {
      note_rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1, x1 - x0);
    } else if ((x1 - x0) * (y1 - y0) < 0.5 * page_.width * page_.height) {
      // The edges of a shaded cell part it from its neighbours as a drawn line would.
      note_rule(x0, y0, x1, y0, 0.2);
      note_rule(x0, y1, x1, y1, 0.2);
      note_rule(x0, y0, x0, y1, 0.2);
      note_rule(x1, y0, x1, y1, 0.2);
    }
  }
}

void PageDevice::note_image(GfxState* state, int width, int height) {
  double x = 0, y = 0, wx = 0, wy = 0, hx = 0, hy = 0;
  state->transform(0, 0, &x, &y);
  state->transformDelta(1, 0, &wx, &wy);
  state->transformDelta(0, 1, &hx, &hy);
  const double area = std::abs(wx * hy - wy * hx), page = std::max(1.0F, page_.width * page_.height);
  if (!std::isfinite(area)) return;
  image_share_ += static_cast<float>(std::min(1.0, area / page));
  const double across = std::hypot(wx, wy), down = std::hypot(hx, hy);
  if (area / page > 0.05 && across > 1 && down > 1)
    image_dpi_ = std::max(image_dpi_, static_cast<float>(std::max(width / across, height / down) * 72));
}

void PageDevice::drawImageMask(GfxState* state, Object* ref, Stream* stream, int width, int height, bool invert,
                               bool interpolate, bool inline_image) {
  note_image(state, width, height);
  // An inline picture's bytes must be read past; the base class does that.
  if (inline_image) OutputDev::drawImageMask(state, ref, stream, width, height, invert, interpolate, inline_image);
}

void PageDevice::drawImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                           GfxImageColorMap* colors, bool interpolate, const int* mask_colors, bool inline_image) {
  note_image(state, width, height);
  if (inline_image)
    OutputDev::drawImage(state, ref, stream, width, height, colors, interpolate, mask_colors, inline_image);
}

}  // namespace openbook::read
