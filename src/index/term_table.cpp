#include "index/term_table.h"

#include "base/hash.h"

namespace openbook::index {
namespace {
constexpr std::size_t kFirstSize = 1024;
}

TermTable::TermTable() : table_(kFirstSize) {}

std::uint32_t TermTable::number_of(std::string_view term) {
  const auto hash = static_cast<std::uint32_t>(hash64(term));
  std::size_t place = hash & (table_.size() - 1);
  while (table_[place].number_plus_one != 0) {
    const Entry& entry = table_[place];
    if (entry.hash == hash && this->term(entry.number_plus_one - 1) == term) return entry.number_plus_one - 1;
    place = (place + 1) & (table_.size() - 1);
  }
  arena_.append(term);
  ends_.push_back(static_cast<std::uint32_t>(arena_.size()));
  places_.push_back(static_cast<std::uint32_t>(place));
  table_[place] = {hash, size()};
  if (ends_.size() * 2 > table_.size()) grow();
  return size() - 1;
}

void TermTable::clear() {
  for (const std::uint32_t place : places_) table_[place] = {};
  arena_.clear();
  ends_.clear();
  places_.clear();
}

void TermTable::grow() {
  std::vector<Entry> larger(table_.size() * 2);
  for (std::uint32_t& at : places_) {
    const Entry entry = table_[at];
    std::size_t place = entry.hash & (larger.size() - 1);
    while (larger[place].number_plus_one != 0) place = (place + 1) & (larger.size() - 1);
    larger[place] = entry;
    at = static_cast<std::uint32_t>(place);
  }
  table_ = std::move(larger);
}

}  // namespace openbook::index
