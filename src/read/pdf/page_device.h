#pragma once

#include <OutputDev.h>

#include "read/layout.h"

namespace openbook::read {

/// Runs a page's content once and notes every glyph, every straight line and how much of the page pictures cover.
/// Nothing is painted. One device serves one page at a time.
class PageDevice : public OutputDev {
 public:
  PageContent take();                                 ///< What the page showed; the device is then empty.
  float image_share() const { return image_share_; }  ///< Of the page's area, 0 to 1 (overlaps counted twice).
  std::size_t unmapped() const { return unmapped_; }  ///< Glyphs whose letter is unknown.
  float image_dpi() const { return image_dpi_; }      ///< Finest resolution among large pictures, 0: none.

  bool upsideDown() override { return true; }
  bool useDrawChar() override { return true; }
  bool interpretType3Chars() override { return false; }
  bool useTilingPatternFill() override { return true; }
  bool useShadedFills(int) override { return true; }
  bool needNonText() override { return true; }

  void startPage(int number, GfxState* state, XRef* xref) override;
  void drawChar(GfxState* state, double x, double y, double dx, double dy, double origin_x, double origin_y,
                CharCode code, int byte_count, const Unicode* unicode, int unicode_count) override;
  void beginActualText(GfxState* state, const GooString* text) override;
  void endActualText(GfxState* state) override;
  void stroke(GfxState* state) override;
  void fill(GfxState* state) override;
  void eoFill(GfxState* state) override { fill(state); }

  bool tilingPatternFill(GfxState*, Gfx*, Catalog*, GfxTilingPattern*, const double*, int, int, int, int, double,
                         double) override {
    return true;
  }
  bool functionShadedFill(GfxState*, GfxFunctionShading*) override { return true; }
  bool axialShadedFill(GfxState*, GfxAxialShading*, double, double) override { return true; }
  bool radialShadedFill(GfxState*, GfxRadialShading*, double, double) override { return true; }
  bool gouraudTriangleShadedFill(GfxState*, GfxGouraudTriangleShading*) override { return true; }
  bool patchMeshShadedFill(GfxState*, GfxPatchMeshShading*) override { return true; }

  void drawImageMask(GfxState* state, Object* ref, Stream* stream, int width, int height, bool invert, bool interpolate,
                     bool inline_image) override;
  void drawImage(GfxState* state, Object* ref, Stream* stream, int width, int height, GfxImageColorMap* colors,
                 bool interpolate, const int* mask_colors, bool inline_image) override;
  void drawMaskedImage(GfxState* state, Object*, Stream*, int width, int height, GfxImageColorMap*, bool, Stream*, int,
                       int, bool, bool) override {
    note_image(state, width, height);
  }
  void drawSoftMaskedImage(GfxState* state, Object*, Stream*, int width, int height, GfxImageColorMap*, bool, Stream*,
                           int, int, GfxImageColorMap*, bool) override {
    note_image(state, width, height);
  }
  void setSoftMaskFromImageMask(GfxState*, Object*, Stream*, int, int, bool, bool, double*) override {}
  void unsetSoftMaskFromImageMask(GfxState*, double*) override {}

 private:
  void note_image(GfxState* state, int width, int height);
  void note_rule(double x0, double y0, double x1, double y1, double width);
  void add(const Glyph& glyph);

  PageContent page_;
  std::vector<Glyph> replaced_;  ///< Glyphs under ActualText.
  std::u32string actual_text_;
  int actual_depth_ = 0;
  std::size_t unmapped_ = 0;
  float image_share_ = 0;
  float image_dpi_ = 0;
};

}  // namespace openbook::read
