#include "text/tokenise.h"

#include <libstemmer.h>
#include <unicode/ubrk.h>
#include <unicode/uversion.h>

#include <algorithm>
#include <unordered_map>

#include "text/characters.h"
#include "text/normalise.h"
#include "text/utf8.h"

namespace openbook::text {
namespace {

/// Longer runs without a space are encoded data, not words.
constexpr std::size_t kMaxTermBytes = 64;
constexpr std::size_t kMaxCompoundBytes = 96;
constexpr std::size_t kStemCacheLimit = 200'000;

struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

struct StemmerClose {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};
struct BreakerClose {
  void operator()(UBreakIterator* breaker) const { ubrk_close(breaker); }
};

enum class PieceKind : std::uint8_t { Letters, Digits };

/// A stretch of letters or of digits inside a compound.
struct Piece {
  std::string folded;
  ByteRange range;
  PieceKind kind = PieceKind::Letters;
};

bool is_ascii_alnum(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_upper(char32_t c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char32_t c) {
  return c >= 'a' && c <= 'z';
}

bool is_connector(char c) {
  switch (c) {
    case '-':
    case '_':
    case '.':
    case '/':
    case ':':
    case '\'':
    case '&':
    case '@':
    case ',':
      return true;
    default:
      return false;
  }
}

/// Characters that make any bigram they are part of a mere function of grammar.
bool is_particle(char32_t c) {
  return c == 0x7684 || c == 0x4E86 || c == 0x5417 || c == 0x5462 || c == 0x5427 || c == 0x554A || c == 0x4E48;
}

}  // namespace

struct Tokeniser::State {
  using Call = void (*)(void*, const Token&);

  State() {
    stemmer.reset(sb_stemmer_new("english", nullptr));
    UErrorCode status = U_ZERO_ERROR;
    breaker.reset(ubrk_open(UBRK_WORD, "zh", nullptr, 0, &status));
  }

  void visit(std::string_view whole, Segments wanted, void* to, Call call) {
    text = whole;
    with_segments = wanted;
    context = to;
    emit_call = call;
    for (std::size_t at = 0; at < text.size();) {
      const auto byte = static_cast<unsigned char>(text[at]);
      if (byte < 0x80) {
        if (is_ascii_alnum(byte) || byte == '_')
          at = latin(at);
        else
          ++at;
        continue;
      }
      std::size_t next = at;
      const CharacterClass c = class_of(next_code_point(text, next));
      if (is_cjk(c))
        at = cjk(at);
      else if (c == CharacterClass::Letter || c == CharacterClass::Digit)
        at = latin(at);
      else
        at = next;
    }
  }

  void emit(std::string_view term, std::size_t begin, std::size_t end, TokenKind kind, bool stop = false) {
    if (term.empty()) return;
    emit_call(context, Token{utf8_prefix(term, kMaxTermBytes),
                             {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
                             kind,
                             stop});
  }

  std::string_view stem(std::string_view word) {
    if (word.size() < 3 || static_cast<unsigned char>(word[0]) >= 0x80 || stemmer == nullptr) return word;
    if (const auto known = stems.find(word); known != stems.end()) return known->second;
    if (stems.size() >= kStemCacheLimit) stems.clear();
    const auto* const stemmed =
        sb_stemmer_stem(stemmer.get(), reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
    const std::string_view result(reinterpret_cast<const char*>(stemmed),
                                  static_cast<std::size_t>(sb_stemmer_length(stemmer.get())));
    return stems.emplace(std::string(word), std::string(result)).first->second;
  }

  void word(const Piece& piece, TokenKind kind) {
    emit(stem(piece.folded), piece.range.begin, piece.range.end, kind, is_stop_word(piece.folded));
  }

  /// A run of letters, digits and the connectors between them. Most are plain words, which take the short way.
  std::size_t latin(std::size_t begin) {
    std::size_t at = begin;
    buffer.clear();
    while (at < text.size()) {
      const char c = text[at];
      if (c >= 'a' && c <= 'z')
        buffer.push_back(c);
      else if (c >= 'A' && c <= 'Z')
        buffer.push_back(static_cast<char>(c + 32));
      else
        break;
      ++at;
      // "getName": an upper-case letter after a lower-case one makes it a compound.
      if (at < text.size() && is_lower(static_cast<unsigned char>(c)) && is_upper(static_cast<unsigned char>(text[at])))
        return compound(begin);
    }
    const bool plain = at > begin && (at == text.size() || (static_cast<unsigned char>(text[at]) < 0x80 &&
                                                            !is_ascii_alnum(static_cast<unsigned char>(text[at])) &&
                                                            !joins(at) && text[at] != '+' && text[at] != '#'));
    if (!plain) return compound(begin);
    emit(stem(buffer), begin, at, TokenKind::Word, is_stop_word(buffer));
    return at;
  }

  /// Is there a connector at `at` with a letter or digit right behind it?
  bool joins(std::size_t at) const {
    if (at + 1 >= text.size() || !is_connector(text[at])) {
      return text.substr(at).starts_with("\u2019") && at + 3 < text.size() &&
             is_ascii_alnum(static_cast<unsigned char>(text[at + 3]));
    }
    const auto next = static_cast<unsigned char>(text[at + 1]);
    return is_ascii_alnum(next) || (text[at] == '_' && next == '_');
  }

  std::size_t compound(std::size_t begin) {
    std::size_t end = begin;
    pieces.clear();
    connectors.clear();
    while (end < text.size()) {
      const std::size_t before = end;
      end = piece(end);
      if (end == before && text[end] != '_') break;
      if (end < text.size() && (joins(end) || text[end] == '_')) {
        const std::size_t width = static_cast<unsigned char>(text[end]) == 0xE2 ? 3 : 1;
        connectors.push_back(width == 3 ? '\'' : text[end]);
        end += width;
        continue;
      }
      if (end < text.size() && starts_piece(end)) continue;
      break;
    }
    end = std::max(end, begin + 1);
    emit_compound(begin, end);
    return end;
  }

  bool starts_piece(std::size_t at) const {
    const CharacterClass c = class_of(next_code_point(text, at));
    return c == CharacterClass::Letter || c == CharacterClass::Digit;
  }

  /// Reads one piece: letters of one camel hump, or digits. Returns its end.
  std::size_t piece(std::size_t begin) {
    Piece piece;
    std::size_t at = begin;
    char32_t last = 0;
    while (at < text.size()) {
      std::size_t next = at;
      const char32_t c = next_code_point(text, next);
      const CharacterClass kind = class_of(c);
      if (kind == CharacterClass::Mark && at > begin) {
        at = next;  // Combining accents fold away.
        continue;
      }
      if (kind != CharacterClass::Letter && kind != CharacterClass::Digit) break;
      const PieceKind wanted = kind == CharacterClass::Digit ? PieceKind::Digits : PieceKind::Letters;
      if (at == begin) piece.kind = wanted;
      if (wanted != piece.kind || (is_lower(last) && is_upper(c))) break;
      if (c < 0x80)
        piece.folded.push_back(static_cast<char>(is_upper(c) ? c + 32 : c));
      else
        piece.folded += fold_code_point(c);
      last = c;
      at = next;
    }
    if (at > begin) {
      piece.range = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)};
      pieces.push_back(std::move(piece));
    }
    return at;
  }

  bool all(PieceKind kind) const {
    return std::ranges::all_of(pieces, [kind](const Piece& piece) { return piece.kind == kind; });
  }
  bool only_connectors(std::string_view allowed) const {
    return std::ranges::all_of(connectors, [allowed](char c) { return allowed.find(c) != std::string_view::npos; });
  }

  void emit_compound(std::size_t begin, std::size_t& end) {
    if (pieces.empty()) return;
    if (end - begin > kMaxCompoundBytes) {
      for (const Piece& piece : pieces)
        if (piece.folded.size() <= kMaxTermBytes) emit_piece(piece, TokenKind::Part);
      return;
    }
    if (pieces.size() == 1) {
      cplusplus(end);
      emit_piece(pieces[0], TokenKind::Word);
    } else if (all(PieceKind::Digits) && only_connectors(".,")) {
      number(begin, end);
    } else if (all(PieceKind::Letters) && only_connectors("'") && connectors.size() + 1 == pieces.size()) {
      contraction(begin, end);
    } else if (all(PieceKind::Letters) && only_connectors("/,:&.") && !connectors.empty() &&
               connectors.size() + 1 == pieces.size() && !initialism()) {
      for (const Piece& piece : pieces) word(piece, TokenKind::Word);  // "and/or", "end.Next": words without a space.
    } else {
      joined(begin, end);
    }
  }

  void emit_piece(const Piece& piece, TokenKind kind) {
    if (piece.kind == PieceKind::Digits)
      emit(piece.folded, piece.range.begin, piece.range.end, kind == TokenKind::Part ? kind : TokenKind::Number);
    else
      word(piece, kind);
  }

  /// "C++", "C#", "F#": the marks are part of the name.
  void cplusplus(std::size_t& end) {
    const std::string_view rest = text.substr(end);
    const std::string_view marks = rest.starts_with("++") ? "++" : rest.starts_with("#") ? "#" : "";
    if (marks.empty() || pieces[0].folded.size() > 2 || pieces[0].kind != PieceKind::Letters) return;
    buffer = pieces[0].folded;
    buffer += marks;
    emit(buffer, pieces[0].range.begin, end + marks.size(), TokenKind::Whole);
    end += marks.size();
  }

  /// "3.14" whole; "1,234,567" without its separators; "1,2" and dates like "2015.03.01" also in parts.
  void number(std::size_t begin, std::size_t end) {
    const bool thousands = only_connectors(",") && std::all_of(pieces.begin() + 1, pieces.end(),
                                                               [](const Piece& p) { return p.folded.size() == 3; });
    buffer.clear();
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (i > 0 && connectors[i - 1] == '.') buffer += '.';
      buffer += pieces[i].folded;
    }
    const bool decimal = pieces.size() == 2 && connectors[0] == '.';
    const bool thousands_decimal =
        pieces.size() > 2 && connectors.back() == '.' && std::count(connectors.begin(), connectors.end(), '.') == 1;
    if (thousands || decimal || thousands_decimal) {
      emit(buffer, begin, end, TokenKind::Number);
      return;
    }
    if (connectors[0] == '.') emit(buffer, begin, end, TokenKind::Whole);
    for (const Piece& piece : pieces) emit_piece(piece, TokenKind::Number);
  }

  /// "don't" is one word, "dog's" is "dog".
  void contraction(std::size_t begin, std::size_t end) {
    if (pieces.back().folded == "s" || pieces.size() > 2) {
      for (const Piece& piece : pieces)
        if (piece.folded != "s") word(piece, TokenKind::Word);
      return;
    }
    buffer = pieces[0].folded + pieces[1].folded;
    const bool stop = is_stop_word(pieces[0].folded) || buffer.ends_with("nt") || pieces[1].folded == "re" ||
                      pieces[1].folded == "ll" || pieces[1].folded == "ve";
    emit(stem(buffer), begin, end, TokenKind::Word, stop);
  }

  /// "U.S.A" as against "end.Next".
  bool initialism() const {
    return connectors[0] == '.' && std::ranges::all_of(pieces, [](const Piece& p) { return p.folded.size() == 1; });
  }

  /// Whole, with the connectors squeezed out, then the parts.
  void joined(std::size_t begin, std::size_t end) {
    buffer.clear();
    for (const Piece& piece : pieces) buffer += piece.folded;
    const bool letters = all(PieceKind::Letters);
    emit(letters ? stem(buffer) : std::string_view(buffer), begin, end, TokenKind::Whole);
    if (letters && !connectors.empty() && initialism()) return;
    for (const Piece& piece : pieces) emit_piece(piece, TokenKind::Part);
  }

  struct Ideogram {
    std::uint32_t begin = 0, end = 0;
    char32_t code_point = 0;
    std::string_view folded;
  };

  /// A run of Chinese, Japanese or Korean: characters, bigrams and dictionary words of three and more.
  std::size_t cjk(std::size_t begin) {
    run.clear();
    utf16.clear();
    starts.clear();
    std::size_t at = begin;
    while (at < text.size() && run.size() < 4096) {
      std::size_t next = at;
      const char32_t c = next_code_point(text, next);
      if (!is_cjk(class_of(c))) break;
      starts.resize(utf16.size() + 1, 0);
      starts.back() = static_cast<std::uint32_t>(run.size());
      // Segmented in its folded form, so that Traditional and Simplified text give the same words.
      const std::string_view folded = fold_code_point(c);
      std::size_t inside = 0;
      const char32_t simple = folded.empty() ? c : next_code_point(folded, inside);
      if (simple > 0xFFFF) {
        utf16.push_back(static_cast<char16_t>(0xD7C0 + (simple >> 10)));
        utf16.push_back(static_cast<char16_t>(0xDC00 + (simple & 0x3FF)));
      } else {
        utf16.push_back(static_cast<char16_t>(simple));
      }
      run.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(next), c, folded});
      at = next;
    }
    starts.resize(utf16.size() + 1, 0);
    starts.back() = static_cast<std::uint32_t>(run.size());
    find_segments();
    auto segment = segments.begin();
    for (std::size_t i = 0; i < run.size(); ++i) {
      for (; segment != segments.end() && segment->first == i; ++segment) {
        buffer.clear();
        for (std::size_t j = segment->first; j < segment->second; ++j) buffer += run[j].folded;
        emit(buffer, run[segment->first].begin, run[segment->second - 1].end, TokenKind::Segment, is_stop_word(buffer));
      }
      emit(run[i].folded, run[i].begin, run[i].end, TokenKind::Character, is_stop_word(run[i].folded));
      if (i + 1 == run.size()) break;
      buffer.assign(run[i].folded);
      buffer += run[i + 1].folded;
      emit(buffer, run[i].begin, run[i + 1].end, TokenKind::Bigram,
           is_particle(run[i].code_point) || is_particle(run[i + 1].code_point) || is_stop_word(buffer));
    }
    return at;
  }

  /// Dictionary words of three characters or more, as index pairs into `run`.
  void find_segments() {
    segments.clear();
    if (run.size() < 3 || breaker == nullptr || with_segments == Segments::No) return;
    UErrorCode status = U_ZERO_ERROR;
    ubrk_setText(breaker.get(), reinterpret_cast<const UChar*>(utf16.data()), static_cast<int32_t>(utf16.size()),
                 &status);
    if (U_FAILURE(status)) return;
    int32_t from = ubrk_first(breaker.get());
    for (int32_t to = ubrk_next(breaker.get()); to != UBRK_DONE; from = to, to = ubrk_next(breaker.get())) {
      const std::uint32_t first = starts[static_cast<std::size_t>(from)];
      const std::uint32_t last = starts[static_cast<std::size_t>(to)];
      if (last - first >= 3 && last - first <= 16) segments.emplace_back(first, last);
    }
  }

  std::string_view text;
  Segments with_segments = Segments::Yes;
  void* context = nullptr;
  Call emit_call = nullptr;

  std::unique_ptr<sb_stemmer, StemmerClose> stemmer;
  std::unique_ptr<UBreakIterator, BreakerClose> breaker;
  std::unordered_map<std::string, std::string, StringHash, std::equal_to<>> stems;

  // Reused from token to token, so that the loop does not allocate.
  std::string buffer;
  std::vector<Piece> pieces;
  std::vector<char> connectors;
  std::vector<Ideogram> run;
  std::u16string utf16;
  std::vector<std::uint32_t> starts;  ///< UTF-16 offset → index into run.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> segments;
};

Tokeniser::Tokeniser() : state_(std::make_unique<State>()) {}
Tokeniser::~Tokeniser() = default;
Tokeniser::Tokeniser(Tokeniser&&) noexcept = default;
Tokeniser& Tokeniser::operator=(Tokeniser&&) noexcept = default;

void Tokeniser::visit_tokens(std::string_view text, Segments segments, void* context,
                             void (*call)(void*, const Token&)) {
  state_->visit(text, segments, context, call);
}

std::string Tokeniser::identity() {
  return "openbook-tokeniser/1 icu" U_ICU_VERSION_SHORT " snowball-english";
}

std::vector<OwnedToken> tokens_of(Tokeniser& tokeniser, std::string_view text) {
  std::vector<OwnedToken> tokens;
  tokeniser.visit(text, [&](const Token& token) {
    tokens.push_back({std::string(token.term), token.range, token.kind, token.stop_word});
  });
  return tokens;
}

}  // namespace openbook::text
