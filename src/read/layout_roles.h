#pragma once

#include <vector>

#include "read/layout.h"

namespace openbook::read {

enum class Role : std::uint8_t { Paragraph, Heading, ListItem, Code, Table };

/// What each block is: by its size and weight beside the document's usual letters, by list marks, by fixed-width type,
/// and by the document's own table of contents.
class Roles {
 public:
  Roles(const std::vector<PageLayout>& pages, const std::vector<OutlineEntry>& outline);
  struct Found {
    Role role = Role::Paragraph;
    int level = 0;  ///< Heading: 1 to 6.
  };
  Found of(const LayoutBlock& block) const;
  float body_size() const { return body_size_; }

 private:
  bool looks_like_heading(const LayoutBlock& block) const;
  int rank_of(const LayoutBlock& block) const;

  float body_size_ = 10;
  bool body_is_bold_ = false, body_is_mono_ = false;
  std::vector<std::pair<float, bool>> styles_;        ///< Of headings, largest first: size and boldness.
  std::vector<std::pair<std::string, int>> outline_;  ///< Sorted by key.
};

/// All lines of a block as one string, for comparing.
std::string joined_text(const LayoutBlock& block);

}  // namespace openbook::read
