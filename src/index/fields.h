#pragma once

#include <cstdint>
#include <string>

namespace openbook::index {

/// How much a word counts by the field it stands in, as small whole numbers: {4, 3, 2} means title 2.0, heading 1.5,
/// body 1.0. A chunk's term frequency is the sum of these (BM25F with one length normalisation: Robertson, Zaragoza,
/// Taylor, CIKM 2004), so the weights are part of what the postings are and of the library's identity.
struct FieldWeights {
  std::uint8_t title = 2;
  std::uint8_t heading = 2;
  std::uint8_t body = 2;
  bool operator==(const FieldWeights&) const = default;
};

/// "openbook-postings/1 title 2 heading 2 body 2": changes whenever the same text would give other postings.
std::string identity_of(const FieldWeights& weights);

}  // namespace openbook::index
