#pragma once

#include "retrieve/vocabulary.h"
#include "store/store.h"

namespace openbook::retrieve {

/// A snapshot's terms. Errors of the store read as "not there": a question is then merely not corrected.
class SnapshotVocabulary final : public Vocabulary {
 public:
  explicit SnapshotVocabulary(store::Snapshot& snapshot) : snapshot_(snapshot) {}

  std::uint64_t document_frequency(std::string_view term) const override {
    return snapshot_.document_frequency(term).value_or(0);
  }
  void visit_prefix(std::string_view prefix,
                    const std::function<void(std::string_view, std::uint64_t)>& visit) const override {
    (void)snapshot_.visit_vocabulary(prefix, [&](std::string_view term, std::uint64_t frequency) {
      visit(term, frequency);
      return true;
    });
  }

 private:
  store::Snapshot& snapshot_;
};

}  // namespace openbook::retrieve
