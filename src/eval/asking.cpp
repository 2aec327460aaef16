#include "eval/asking.h"

#include <algorithm>

#include "eval/comparable.h"

namespace openbook::eval {
namespace {

constexpr std::size_t kShown = 3;

/// The sentences that answer, in comparable form: not those that only name the subject, nor "that is not held".
std::vector<std::string> answering_sentences(const book::Answer& answer) {
  std::vector<std::string> sentences;
  for (const book::AnswerSentence& sentence : answer.sentences)
    if (!sentence.context && !sentence.citations.empty() && sentences.size() < kShown)
      sentences.push_back(comparable(sentence.text));
  return sentences;
}

bool any_contains(const std::vector<std::string>& sentences, const std::vector<std::string>& answers) {
  return std::ranges::any_of(sentences, [&](const std::string& s) { return contains_any(s, answers); });
}

}  // namespace

Asker::Asker(const Corpus& corpus, const QuestionSet& set, const AnswerMeasureOptions& options)
    : corpus_(corpus), options_(options), set_(set) {
  for (const auto& [id, title] : set.titles) by_title_[title].push_back(id);
}

bool Asker::is_hidden(const LabelledQuestion& question) const {
  return options_.hide != Hide::Nothing && md5_is_odd(question.id);
}

std::vector<std::string> Asker::hidden_uris(const LabelledQuestion& question) const {
  std::vector<std::string> uris;
  for (const std::string& document : question.documents) {
    uris.push_back(corpus_.uri_of(document));
    if (options_.hide != Hide::Title) continue;
    for (const std::string& other : by_title_.at(set_.titles.at(document))) uris.push_back(corpus_.uri_of(other));
  }
  return uris;
}

Result<Asked> Asker::ask(const LabelledQuestion& question) const {
  Asked asked;
  AskOptions options;
  options.strictness = options_.strictness;
  if (is_hidden(question)) options.exclude_uris = hidden_uris(question);
  asked.answerable = question.answerable && !is_hidden(question);
  OB_TRY(book::Answer answer, corpus_.library().ask(question.text, options));
  asked.answered = answer.answered;
  asked.confidence = static_cast<double>(answer.confidence);
  OB_RETURN_IF_ERROR(check_citations(answer, asked));
  if (!asked.answerable) return asked;
  OB_TRY(const book::Evidence evidence, corpus_.library().evidence(question.text, options));
  const std::vector<std::string> found = distinct_ids(corpus_, evidence.passages);
  for (std::size_t i = 0; i < std::min<std::size_t>(found.size(), 5); ++i)
    if (std::ranges::find(question.documents, found[i]) != question.documents.end()) {
      asked.retrieved_5 = true;
      asked.retrieved_1 |= i == 0;
    }
  OB_RETURN_IF_ERROR(compare(question, options, std::move(answer), asked));
  return asked;
}

/// What is said is judged apart from whether it is said: a declined question is asked again without declining, and
/// where fewer than three sentences are shown, again for the next ones.
Status Asker::compare(const LabelledQuestion& question, const AskOptions& given, book::Answer answer,
                      Asked& asked) const {
  std::vector<std::string> answers;
  for (const std::string& text : question.answers) answers.push_back(comparable(text));
  AskOptions options = given;
  options.declining = Declining::Never;
  if (!answer.answered) {
    OB_TRY(answer, corpus_.library().ask(question.text, options));
  }
  std::vector<std::string> sentences = answering_sentences(answer);
  asked.sentence_contains = !sentences.empty() && contains_any(sentences.front(), answers);
  asked.top3_contains = any_contains(sentences, answers);
  if (!asked.top3_contains && sentences.size() < kShown) {
    options.detail = Detail::Full;
    OB_TRY(const book::Answer full, corpus_.library().ask(question.text, options));
    asked.top3_contains = any_contains(answering_sentences(full), answers);
  }
  asked.span_given = !answer.span.empty();
  if (asked.span_given) {
    const std::string span = comparable(answer.span);
    asked.exact_match = equals_any(span, answers);
    asked.f1 = best_f1(span, answers);
  }
  return {};
}

Status Asker::check_citations(const book::Answer& answer, Asked& asked) const {
  for (const book::Citation& citation : answer.citations) {
    OB_TRY(const book::Document document, corpus_.library().document(citation.document.id, citation.document.version));
    ++asked.citations;
    const bool inside = citation.range.begin <= citation.range.end && citation.range.end <= document.markdown.size();
    asked.exact_citations += inside && citation.range.of(document.markdown) == citation.quote;
  }
  return {};
}

}  // namespace openbook::eval
