#pragma once

#include <span>
#include <string_view>

#include "read/reader.h"

/// Which reader reads what: one row a format.
namespace openbook::read {

inline constexpr std::size_t kHeadBytes = 4096;  ///< How much of a file the choice may look at.

/// All rows. Their order is the order in which contents are recognised.
std::span<const ReaderEntry> readers();

/// The row for a file: the one that the media type or else the extension names, if the content agrees; else the first
/// whose content test agrees (a PDF called .txt); else the one named after all, whose reader can say what is wrong.
/// Null when there is none. `head`: the first kHeadBytes bytes, or all. An empty file is read by what its name says.
const ReaderEntry* entry_for(std::span<const ReaderEntry> entries, std::string_view name, std::string_view head,
                             std::string_view media_type);

/// Unsupported, saying what the file seems to be and what to do.
Error unsupported_type(std::string_view name, std::string_view head);

}  // namespace openbook::read
