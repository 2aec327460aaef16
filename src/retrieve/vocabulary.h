#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace openbook::retrieve {

/// What the library's own words are: all that understanding a question needs to know of the library.
class Vocabulary {
 public:
  virtual ~Vocabulary() = default;

  /// Number of passages that hold the term; 0 if none does.
  virtual std::uint64_t document_frequency(std::string_view term) const = 0;

  /// Calls visit(term, document frequency) for each term that begins with `prefix`, in byte order.
  virtual void visit_prefix(std::string_view prefix,
                            const std::function<void(std::string_view, std::uint64_t)>& visit) const = 0;
};

}  // namespace openbook::retrieve
