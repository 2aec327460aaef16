#include "planted_facts.h"

#include <array>
#include <random>
#include <set>

namespace openbook::e2e {

namespace {

using Random = std::mt19937_64;

template <typename List>
const auto& pick(Random& random, const List& list) {
  return list[random() % std::size(list)];
}

/// A pronounceable word that no language has: three syllables and a hard end, which no stemmer shortens.
std::string nonsense(Random& random) {
  static constexpr std::array kBegin = {"b",  "d",  "fr", "gl", "j", "k", "m", "pl",
                                        "qu", "st", "tr", "v",  "w", "z", "kr"};
  static constexpr std::array kMiddle = {"a", "e", "i", "o", "u", "au", "oa"};
  static constexpr std::array kEnd = {"ck", "mp", "nk", "rb", "rg", "x", "lt", "ft"};
  std::string word;
  for (int i = 0; i < 3; ++i) word += std::string(pick(random, kBegin)) + pick(random, kMiddle);
  return word + pick(random, kEnd);
}

std::string capital(std::string word) {
  word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

/// "{a}" and "{b}" are names that the question uses, "{s}" is the secret.
struct Template {
  const char* title;
  const char* fact;
  const char* question;
};

constexpr Template kEnglish[] = {
    {"Workshop notes on the {a}", "The {a} of {b} is greased with {s} before every run.",
     "What is the {a} of {b} greased with?"},
    {"The {a} collection", "The {a} mask in the museum of {b} was carved by {s} in one winter.",
     "Who carved the {a} mask in the museum of {b}?"},
    {"Garden diary of {b}", "In {b} the seedlings of {a} are kept in a shed called {s} until May.",
     "What is the shed called where the seedlings of {a} are kept in {b}?"},
    {"Rules of {a}", "A game of {a} in {b} ends as soon as a player calls {s} aloud.",
     "What does a player call aloud to end a game of {a} in {b}?"},
    {"The river {a}", "The river {a} flows past {b} and ends in the lake {s} after three days.",
     "In which lake does the river {a} end?"},
};

constexpr Template kChinese[] = {
    {"{a}工坊记录", "{b}的{a}机器每次开动之前，都要涂上一层名叫{s}的油脂。", "{b}的{a}机器开动之前要涂什么油脂？"},
    {"{a}面具", "{b}博物馆里的{a}面具是由工匠{s}在一个冬天里雕成的。", "{b}博物馆里的{a}面具是谁雕成的？"},
    {"{b}园艺日记", "在{b}，{a}的幼苗在五月之前存放在名叫{s}的棚屋里。", "{a}的幼苗五月之前存放在哪个棚屋里？"},
    {"{a}河", "{a}河流经{b}，三天之后注入名叫{s}的湖泊。", "{a}河注入哪个湖泊？"},
};

constexpr std::array kEnglishFiller = {
    "The morning was cold, and the windows had to stay closed until noon.",
    "Two boxes of paper arrived late and were put on the upper shelf.",
    "Visitors are asked to leave their umbrellas by the door.",
    "The old clock was wound on Monday, as it is each week.",
    "Soup was served at one, and nobody complained about it.",
    "A new lamp was fixed over the desk, which helps in the evening.",
    "The neighbours borrowed the long ladder and brought it back clean.",
    "Rain fell for most of the afternoon and filled both barrels.",
};

constexpr std::array kChineseFiller = {
    "早晨天气很冷，窗户一直关到中午。",
    "两箱纸送来得晚，放在了上层的架子上。",
    "来访的人请把雨伞留在门边。",
    "旧钟在星期一上了发条，每周都是如此。",
    "午饭一点钟开始，大家都很满意。",
    "书桌上方装了一盏新灯，晚上看书方便多了。",
    "邻居借走了长梯子，还回来时擦得很干净。",
    "下午大部分时间都在下雨，两只水桶都满了。",
};

std::string filled(std::string text, const std::string& a, const std::string& b, const std::string& secret) {
  for (const auto& [mark, word] : {std::pair{"{a}", &a}, {"{b}", &b}, {"{s}", &secret}})
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark)) text.replace(at, 3, *word);
  return text;
}

template <typename List>
std::string paragraph(Random& random, const List& sentences, const char* gap) {
  std::string text;
  for (int i = 0; i < 4; ++i) text += std::string(i ? gap : "") + pick(random, sentences);
  return text + "\n\n";
}

template <typename Templates, typename Filler>
PlantedFact plant(Random& random, const Templates& templates, const Filler& filler, const char* gap,
                  std::set<std::string>& used) {
  std::string words[3];
  for (std::string& word : words) do
      word = nonsense(random);
    while (!used.insert(word).second);
  const auto& chosen = pick(random, templates);
  const std::string a = words[0], b = capital(words[1]), secret = capital(words[2]);
  PlantedFact fact;
  fact.secret = secret;
  fact.question = filled(chosen.question, a, b, secret);
  fact.document = "# " + filled(chosen.title, a, b, secret) + "\n\n" + paragraph(random, filler, gap) +
                  pick(random, filler) + gap + filled(chosen.fact, a, b, secret) + gap + pick(random, filler) + "\n\n" +
                  paragraph(random, filler, gap);
  return fact;
}

}  // namespace

std::vector<PlantedFact> plant_facts(int count, std::uint64_t seed) {
  Random random(seed);
  std::set<std::string> used;
  std::vector<PlantedFact> facts;
  for (int i = 0; i < count; ++i) {
    facts.push_back(i % 2 == 0 ? plant(random, kEnglish, kEnglishFiller, " ", used)
                               : plant(random, kChinese, kChineseFiller, "", used));
    facts.back().file_name = "notes-" + std::to_string(i) + (i % 3 == 2 ? ".txt" : ".md");
  }
  return facts;
}

}  // namespace openbook::e2e
