#include "index/fields.h"

namespace openbook::index {

std::string identity_of(const FieldWeights& weights) {
  return "openbook-postings/1 title " + std::to_string(weights.title) + " heading " + std::to_string(weights.heading) +
         " body " + std::to_string(weights.body);
}

}  // namespace openbook::index
