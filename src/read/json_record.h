#pragma once

#include <simdjson.h>

#include <cstdint>
#include <string_view>

#include "read/reader.h"

namespace openbook::read {

/// Makes documents of JSON objects that hold a text. Not safe concurrently: it keeps its parser's memory.
class JsonRecords {
 public:
  explicit JsonRecords(const book::Blob& blob) : blob_(blob) {}

  enum class Outcome : std::uint8_t { Document, NoText, Bad };

  /// Parses one object and fills `document` if it has a text. `problem` tells what is wrong with a bad one.
  Outcome read(std::string_view json, std::uint32_t line, book::Document& document, std::string& problem);

 private:
  const book::Blob& blob_;
  simdjson::dom::parser parser_;
  std::string padded_;
};

}  // namespace openbook::read
