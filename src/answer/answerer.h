#pragma once

#include <string>

#include "base/result.h"
#include "book/answer.h"
#include "book/evidence.h"
#include "book/query.h"
#include "book/trace.h"

/// The seam "Answerer": evidence → a cited answer, or a plain statement that the library does not hold one.
namespace openbook::answer {

/// How sure the program must be before it answers. Named so that a person can choose.
enum class Strictness { Lenient, Balanced, Strict };

/// Brief: further sentences only where the first may not be the one. Full: always as many as max_sources allows.
enum class Detail { Brief, Full };

/// Never: answers whenever there is a sentence to show, for measuring what is chosen apart from whether; the confidence
/// is given as ever.
enum class Declining { Allowed, Never };

struct AnswerOptions {
  Strictness strictness = Strictness::Balanced;
  int max_sources = 3;
  Detail detail = Detail::Brief;
  Declining declining = Declining::Allowed;
};

class Answerer {
 public:
  virtual ~Answerer() = default;
  /// Never invents text: every sentence is a quote of the evidence (its citation's range says which bytes), a table row
  /// told as "header: cell", or one of the fixed phrases of phrases.h.
  /// `trace` may be null; else the answerer adds what it saw and why it chose.
  virtual Result<book::Answer> answer(const book::Query& query, const book::Evidence& evidence,
                                      const AnswerOptions& options, book::Trace* trace) const = 0;
};

}  // namespace openbook::answer
