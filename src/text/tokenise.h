#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/range.h"

/// From text to index terms. Whatever changes a term changes Tokeniser::identity(), which the library stores.
namespace openbook::text {

enum class TokenKind : std::uint8_t {
  Word,       ///< A word, folded and stemmed.
  Whole,      ///< An identifier or compound kept whole, punctuation squeezed out: "rtx4090", "gb/t7714" → "gbt7714".
  Part,       ///< A part of such an identifier.
  Number,     ///< "3.14", "2015", "1234567" (thousands separators removed).
  Character,  ///< A single Chinese, Japanese or Korean character.
  Bigram,     ///< Two neighbouring such characters.
  Segment,    ///< A word of three or more such characters found by dictionary (ICU).
};

struct Token {
  std::string_view term;  ///< Valid until the next token.
  ByteRange range;        ///< Of the text.
  TokenKind kind = TokenKind::Word;
  bool stop_word = false;  ///< A function word ("the", "的"): indexed, but dropped from queries that hold others.
};

/// Whether dictionary words (TokenKind::Segment) are looked for: they cost most of the time of Chinese text.
enum class Segments : bool { No, Yes };

/// Visits every token of a text, in order of where it begins. Not safe concurrently (it keeps break iterators and a
/// stem cache): one per thread. About 20 MB/s of English and 5 MB/s of Chinese a core.
class Tokeniser {
 public:
  Tokeniser();
  ~Tokeniser();
  Tokeniser(Tokeniser&&) noexcept;
  Tokeniser& operator=(Tokeniser&&) noexcept;

  /// Calls visit(const Token&) for each token.
  template <typename Visit>
  void visit(std::string_view text, Visit&& visit, Segments segments = Segments::Yes) {
    struct Call {
      static void to(void* context, const Token& token) {
        (*static_cast<std::remove_reference_t<Visit>*>(context))(token);
      }
    };
    visit_tokens(text, segments, &visit, &Call::to);
  }

  /// "openbook-tokeniser/1 icu72 snowball-english".
  static std::string identity();

 private:
  void visit_tokens(std::string_view text, Segments segments, void* context, void (*call)(void*, const Token&));
  struct State;
  std::unique_ptr<State> state_;
};

/// A token that owns its term, for code that is not a hot loop.
struct OwnedToken {
  std::string term;
  ByteRange range;
  TokenKind kind = TokenKind::Word;
  bool stop_word = false;
};
std::vector<OwnedToken> tokens_of(Tokeniser& tokeniser, std::string_view text);

/// Is this folded, unstemmed word a function word of its language?
bool is_stop_word(std::string_view folded_word);

}  // namespace openbook::text
