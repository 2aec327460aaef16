#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "retrieve/question_parts.h"
#include "retrieve/understand.h"
#include "text/utf8.h"

/// Any bytes as a question to a library that knows a few words.
namespace {

class FewWords final : public openbook::retrieve::Vocabulary {
 public:
  std::uint64_t document_frequency(std::string_view term) const override {
    for (const std::string_view word : kWords)
      if (word == term) return 3;
    return 0;
  }
  void visit_prefix(std::string_view prefix,
                    const std::function<void(std::string_view, std::uint64_t)>& visit) const override {
    for (const std::string_view word : kWords)
      if (word.starts_with(prefix)) visit(word, 3);
  }

 private:
  static constexpr std::array<std::string_view, 6> kWords = {"filter", "found", "open", "创", "始", "创始"};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace openbook;
  static text::Tokeniser tokeniser;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto parts = retrieve::question_parts(bytes);
  if (parts.empty() || parts.size() > 4) std::abort();
  for (const std::string& part : parts) retrieve::lacks_subject(part);
  const auto understood = retrieve::understand(bytes, {}, tokeniser, FewWords(), nullptr);
  if (understood.query.parts.empty()) std::abort();
  for (std::size_t i = 0; i < understood.query.parts.size(); ++i)
    retrieve::query_for_part(understood.query, i, tokeniser);
  for (const book::QueryTerm& term : understood.query.terms)
    if (!text::is_valid_utf8(term.term)) std::abort();
  return 0;
}
