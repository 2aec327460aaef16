#include "answer/phrases.h"

namespace openbook::answer {
namespace {

struct Phrases {
  std::string_view language;
  std::string_view not_held;
  std::string_view part_before, part_after;
  std::string_view older_before, older_middle;
};

/// English stands first: it serves every language without a row.
constexpr Phrases kPhrases[] = {
    {"en", "The library does not hold an answer to this question.", "The library does not say: “", "”.",
     "An older edition, “", "”, says otherwise: "},
    {"zh", "资料库中没有找到这个问题的答案。", "资料库中没有找到关于“", "”的答案。", "旧版“", "”的说法不同："},
    {"ja", "この質問への答えは資料の中に見つかりませんでした。", "資料の中に見つかりませんでした：「", "」。", "旧版「",
     "」では異なります："},
    {"ko", "자료에서 이 질문의 답을 찾지 못했습니다.", "자료에서 찾지 못했습니다: “", "”.", "이전 판 “",
     "”의 내용은 다릅니다: "},
    {"de", "Die Bibliothek enthält keine Antwort auf diese Frage.", "Die Bibliothek sagt nichts dazu: „", "“.",
     "Eine ältere Fassung, „", "“, sagt etwas anderes: "},
    {"fr", "La bibliothèque ne contient pas de réponse à cette question.", "La bibliothèque ne dit rien sur : « ",
     " ».", "Une édition plus ancienne, « ", " », dit autre chose : "},
    {"es", "La biblioteca no contiene una respuesta a esta pregunta.", "La biblioteca no dice nada sobre: «", "».",
     "Una edición anterior, «", "», dice otra cosa: "},
    {"ru", "В библиотеке нет ответа на этот вопрос.", "В библиотеке нет ответа: «", "».", "В более старой редакции, «",
     "», сказано иначе: "}};

const Phrases& phrases_of(std::string_view language) {
  for (const Phrases& phrases : kPhrases)
    if (phrases.language == language) return phrases;
  return kPhrases[0];
}

}  // namespace

std::string not_held_text(std::string_view language) {
  return std::string(phrases_of(language).not_held);
}

std::string part_not_held_text(std::string_view language, std::string_view part) {
  const Phrases& p = phrases_of(language);
  return std::string(p.part_before).append(part).append(p.part_after);
}

std::string older_edition_text(std::string_view language, std::string_view title, std::string_view quote) {
  const Phrases& p = phrases_of(language);
  return std::string(p.older_before).append(title).append(p.older_middle).append(quote);
}

std::string_view sentence_gap(std::string_view language) {
  return language == "zh" || language == "ja" ? "" : " ";
}

}  // namespace openbook::answer
