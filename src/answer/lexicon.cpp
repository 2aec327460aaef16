#include "answer/lexicon.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

namespace openbook::answer {
namespace {

using Words = std::span<const std::string_view>;

bool holds(Words words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::string_view kPersonNouns[] = {
    "person",      "man",       "woman",       "people",     "president",  "king",      "queen",     "emperor",
    "empress",     "leader",    "author",      "writer",     "poet",       "actor",     "actress",   "singer",
    "artist",      "painter",   "composer",    "musician",   "scientist",  "physicist", "chemist",   "mathematician",
    "philosopher", "economist", "historian",   "engineer",   "architect",  "inventor",  "founder",   "director",
    "producer",    "player",    "quarterback", "coach",      "captain",    "general",   "commander", "officer",
    "minister",    "governor",  "mayor",       "senator",    "politician", "pope",      "bishop",    "priest",
    "saint",       "monk",      "prophet",     "theologian", "explorer",   "astronaut", "pilot",     "doctor",
    "nurse",       "teacher",   "professor",   "student",    "child",      "son",       "daughter",  "father",
    "mother",      "brother",   "sister",      "wife",       "husband",    "character", "hero",      "owner",
    "ceo",         "chairman",  "editor",      "journalist", "critic",     "judge",     "lawyer",    "researcher",
    "scholar",     "designer",  "developer",   "ruler",      "prince",     "princess",  "duke",      "lord",
    "caliph",      "khan",      "sultan",      "individual", "maintainer", "manager",   "librarian", "curator",
    "author",      "figure",    "celebrity",   "host",       "winner",     "mvp"};

constexpr std::string_view kPlaceNouns[] = {
    "country",  "city",     "state",        "place",  "location",     "river",      "town",    "village",  "continent",
    "region",   "province", "county",       "island", "lake",         "ocean",      "sea",     "mountain", "area",
    "district", "street",   "building",     "park",   "stadium",      "university", "college", "school",   "church",
    "museum",   "hospital", "airport",      "port",   "nation",       "kingdom",    "empire",  "capital",  "territory",
    "desert",   "valley",   "bay",          "coast",  "neighborhood", "suburb",     "venue",   "site",     "hotel",
    "castle",   "palace",   "room",         "house",  "planet",       "hall",       "road",    "highway",  "bridge",
    "border",   "address",  "headquarters", "colony", "homeland",     "birthplace", "station", "folder",   "directory"};

constexpr std::string_view kTimeNouns[] = {"year", "date",    "day",     "month",      "century", "decade",
                                           "time", "era",     "period",  "week",       "season",  "age",
                                           "hour", "morning", "weekday", "millennium", "deadline"};

constexpr std::string_view kNumberNouns[] = {
    "number",   "percentage", "percent",  "population", "amount",      "rate",      "ratio",   "length",   "height",
    "size",     "cost",       "price",    "distance",   "temperature", "depth",     "width",   "weight",   "speed",
    "fraction", "proportion", "quantity", "score",      "total",       "average",   "count",   "capacity", "salary",
    "income",   "budget",     "fee",      "volume",     "pressure",    "frequency", "density", "radius",   "diameter",
    "limit",    "maximum",    "minimum",  "value",      "share",       "duration",  "fine",    "area",     "voltage",
    "mass",     "elevation",  "altitude", "figure",     "sum",         "fare"};

constexpr std::string_view kCauseNouns[] = {"reason",    "cause",       "purpose", "motive",
                                            "rationale", "explanation", "goal",    "aim"};
constexpr std::string_view kMannerNouns[] = {"way",     "method",    "manner",    "means",
                                             "process", "technique", "mechanism", "procedure"};

constexpr std::string_view kAuxiliaries[] = {
    "is",      "are",    "was",    "were",    "be",     "been",   "being", "am",     "do",    "does",  "did",  "has",
    "have",    "had",    "can",    "could",   "will",   "would",  "shall", "should", "may",   "might", "must", "isn't",
    "doesn't", "didn't", "wasn't", "weren't", "aren't", "hasn't", "don't", "won't",  "can't", "cannot"};

constexpr std::string_view kPrepositions[] = {
    "of",      "in",     "to",     "for",   "on",     "at",     "by",      "with",    "from",
    "as",      "into",   "about",  "than",  "after",  "before", "between", "through", "during",
    "under",   "over",   "since",  "until", "upon",   "within", "among",   "against", "toward",
    "towards", "across", "around", "near",  "behind", "like",   "without", "via",     "per"};

constexpr std::string_view kPronouns[] = {
    "he",   "she",   "it",    "they",      "him",     "her",     "them",  "his",        "its",     "their", "this",
    "that", "these", "those", "such",      "both",    "another", "also",  "there",      "here",    "then",  "one",
    "who",  "which", "so",    "therefore", "however", "thus",    "hence", "afterwards", "instead", "but"};

constexpr std::string_view kPersonalPronouns[] = {"he", "she", "it", "they", "his", "her", "its", "their"};

constexpr std::string_view kDeterminers[] = {"the", "a",   "an",    "this", "that", "these", "those", "its",
                                             "his", "her", "their", "some", "any",  "all",   "each",  "every"};

constexpr std::string_view kMonths[] = {"january", "february", "march",     "april",   "may",      "june",
                                        "july",    "august",   "september", "october", "november", "december",
                                        "jan",     "feb",      "mar",       "apr",     "jun",      "jul",
                                        "aug",     "sep",      "sept",      "oct",     "nov",      "dec"};

constexpr std::string_view kNumberWords[] = {
    "one",       "two",      "three",    "four",    "five",     "six",      "seven",   "eight",
    "nine",      "ten",      "eleven",   "twelve",  "thirteen", "fourteen", "fifteen", "sixteen",
    "seventeen", "eighteen", "nineteen", "twenty",  "thirty",   "forty",    "fifty",   "sixty",
    "seventy",   "eighty",   "ninety",   "hundred", "thousand", "million",  "billion", "trillion",
    "dozen",     "half",     "third",    "quarter", "twice",    "once",     "zero",    "hundreds",
    "thousands", "millions", "billions", "dozens",  "first",    "second",   "double",  "triple"};

constexpr std::string_view kDegrees[] = {"many", "much",  "long", "old",  "tall",  "far",   "large",  "big",
                                         "high", "deep",  "wide", "fast", "heavy", "often", "small",  "hot",
                                         "cold", "thick", "soon", "late", "early", "loud",  "strong", "expensive"};

constexpr std::string_view kNegations[] = {"not",    "no",      "never",  "none",    "neither",
                                           "nor",    "without", "isn't",  "doesn't", "didn't",
                                           "wasn't", "weren't", "aren't", "can't",   "cannot"};

constexpr std::string_view kReasons[] = {
    "because", "due to", "reason", "since ",   "as a result", "owing to", "in order to", "so that", "therefore",
    "caused",  "cause",  "led to", "for fear", "so as to",    "因为",     "由于",        "因而",    "所以",
    "因此",    "原因",   "以便",   "为了",     "导致",        "使得",     "因"};
constexpr std::string_view kManners[] = {"by ",  "through", "using", "via ", "by means", "with the help", "通过",
                                         "利用", "采用",    "方法",  "方式", "以",       "经过",          "借助"};

constexpr std::string_view kChinesePronouns[] = {"他", "她", "它",   "该",   "此",   "其",   "这",
                                                 "那", "本", "后来", "之后", "同年", "同时", "另外",
                                                 "但", "并", "也",   "而",   "因此", "所以", "随后"};

/// The characters of a literal in order, so that a binary search finds them.
template <std::size_t N>
constexpr std::array<char32_t, N - 1> sorted(const char32_t (&text)[N]) {
  std::array<char32_t, N - 1> characters{};
  std::copy(text, text + N - 1, characters.begin());
  std::sort(characters.begin(), characters.end());
  return characters;
}

bool is_in(std::span<const char32_t> sorted_characters, char32_t c) {
  return c >= 0x3007 && std::binary_search(sorted_characters.begin(), sorted_characters.end(), c);
}

struct Prefix {
  std::string_view text;
  NounClass noun;
};
constexpr Prefix kChineseNouns[] = {
    {"人", NounClass::Person},   {"作家", NounClass::Person},   {"演员", NounClass::Person},
    {"导演", NounClass::Person}, {"歌手", NounClass::Person},   {"皇帝", NounClass::Person},
    {"总统", NounClass::Person}, {"将军", NounClass::Person},   {"球员", NounClass::Person},
    {"教授", NounClass::Person}, {"科学家", NounClass::Person}, {"位", NounClass::Person},
    {"名", NounClass::Person},   {"角色", NounClass::Person},   {"明星", NounClass::Person},
    {"国家", NounClass::Place},  {"城市", NounClass::Place},    {"地方", NounClass::Place},
    {"地", NounClass::Place},    {"省", NounClass::Place},      {"市", NounClass::Place},
    {"县", NounClass::Place},    {"国", NounClass::Place},      {"区", NounClass::Place},
    {"州", NounClass::Place},    {"岛", NounClass::Place},      {"河", NounClass::Place},
    {"山", NounClass::Place},    {"大学", NounClass::Place},    {"学校", NounClass::Place},
    {"位置", NounClass::Place},  {"镇", NounClass::Place},      {"洲", NounClass::Place},
    {"时候", NounClass::Time},   {"时间", NounClass::Time},     {"年", NounClass::Time},
    {"月", NounClass::Time},     {"日", NounClass::Time},       {"天", NounClass::Time},
    {"世纪", NounClass::Time},   {"时期", NounClass::Time},     {"朝代", NounClass::Time},
    {"时代", NounClass::Time},   {"季", NounClass::Time},       {"数", NounClass::Number},
    {"比例", NounClass::Number}, {"价格", NounClass::Number},   {"原因", NounClass::Cause},
    {"目的", NounClass::Cause},  {"缘故", NounClass::Cause},    {"理由", NounClass::Cause},
    {"方式", NounClass::Manner}, {"方法", NounClass::Manner},   {"办法", NounClass::Manner},
    {"手段", NounClass::Manner}, {"途径", NounClass::Manner}};

constexpr auto kFunctionCharacters = sorted(
    U"的了是在和与及或由被把对从向到以于为之其而且也都就则但并等着过所吗呢吧啊么个位些中上下有什哪谁几多少怎样如何请"
    U"问");
constexpr auto kSurnames = sorted(
    U"赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方"
    U"俞任"
    U"袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄穆萧尹姚邵汪祁毛禹狄米贝明臧计伏成戴谈"
    U"宋茅"
    U"庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪干解应宗丁"
    U"宣邓郁"
    U"单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊甄曲封储靳段富巫焦巴弓牧谷车侯全班仰仲宫宁仇甘武刘景詹束龙叶司黎白蒲从鄂索赖"
    U"卓屠"
    U"蒙池乔阴胥能苍双闻莘党翟谭贡劳姬申扶冉郦雍桑桂牛寿边燕冀浦尚农温庄晏柴瞿阎连艾容向古易慎廖终居衡步都耿满弘匡国文"
    U"寇"
    U"广禄东欧沃利蔚越隆师巩聂晁勾敖冷辛阚那简饶空曾沙养须丰关查后荆红游竺权盖益桓公肖");
constexpr auto kPlaceSuffixes =
    sorted(U"省市县区国州镇乡村河江湖海山岛洲港湾路街站寺庙宫城府郡道岸岭谷原洋桥校院馆楼园");
constexpr auto kNumerals = sorted(U"一二三四五六七八九十百千万亿两零〇半");

bool any_in(Words cues, std::string_view text) {
  return std::any_of(cues.begin(), cues.end(), [&](auto cue) { return text.find(cue) != std::string_view::npos; });
}

bool noun_in(Words nouns, std::string_view word) {
  if (holds(nouns, word)) return true;
  if (word.ends_with("ies") && word.size() > 4) {
    const std::string singular = std::string(word.substr(0, word.size() - 3)) + "y";
    return holds(nouns, singular);
  }
  return word.ends_with('s') && holds(nouns, word.substr(0, word.size() - 1));
}

}  // namespace

NounClass english_noun_class(std::string_view word) {
  if (noun_in(kTimeNouns, word)) return NounClass::Time;
  if (noun_in(kPersonNouns, word)) return NounClass::Person;
  if (noun_in(kPlaceNouns, word)) return NounClass::Place;
  if (noun_in(kNumberNouns, word)) return NounClass::Number;
  if (noun_in(kCauseNouns, word)) return NounClass::Cause;
  if (noun_in(kMannerNouns, word)) return NounClass::Manner;
  return NounClass::None;
}

NounClass chinese_noun_class(std::string_view text) {
  for (const Prefix& prefix : kChineseNouns)
    if (text.starts_with(prefix.text)) return prefix.noun;
  return NounClass::None;
}

bool is_english_auxiliary(std::string_view word) {
  return holds(kAuxiliaries, word);
}
bool is_english_preposition(std::string_view word) {
  return holds(kPrepositions, word);
}
bool is_english_pronoun(std::string_view word) {
  return holds(kPronouns, word);
}
bool is_english_determiner(std::string_view word) {
  return holds(kDeterminers, word);
}
bool is_english_month(std::string_view word) {
  return holds(kMonths, word);
}
bool is_english_number_word(std::string_view word) {
  return holds(kNumberWords, word);
}
bool is_english_degree(std::string_view word) {
  return holds(kDegrees, word);
}
bool is_english_negation(std::string_view word) {
  return holds(kNegations, word);
}
bool holds_reason(std::string_view text) {
  return any_in(kReasons, text);
}
bool holds_manner(std::string_view text) {
  return any_in(kManners, text);
}

bool begins_with_chinese_pronoun(std::string_view text) {
  return std::any_of(std::begin(kChinesePronouns), std::end(kChinesePronouns),
                     [&](auto word) { return text.starts_with(word); });
}

bool is_english_personal_pronoun(std::string_view word) {
  return holds(kPersonalPronouns, word);
}

bool begins_with_chinese_personal_pronoun(std::string_view text) {
  static constexpr std::string_view kWords[] = {"他", "她", "它", "该", "此", "其"};
  return std::any_of(std::begin(kWords), std::end(kWords), [&](auto word) { return text.starts_with(word); });
}

bool is_chinese_function_character(char32_t c) {
  return is_in(kFunctionCharacters, c);
}
bool is_chinese_surname(char32_t c) {
  return is_in(kSurnames, c);
}
bool is_chinese_place_suffix(char32_t c) {
  return is_in(kPlaceSuffixes, c);
}
bool is_chinese_numeral(char32_t c) {
  return is_in(kNumerals, c);
}

}  // namespace openbook::answer
