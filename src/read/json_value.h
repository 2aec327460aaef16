#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace openbook::read {

struct JsonMember;

/// A JSON value that knows on which line of the file it stands.
struct JsonValue {
  enum class Kind : std::uint8_t { Null, Scalar, Text, Array, Object };
  Kind kind = Kind::Null;
  std::uint32_t line = 0;
  std::string text;                 ///< Of a string, or a number or truth value as written.
  std::vector<JsonMember> members;  ///< Of an array the names are empty.

  JsonValue();
  ~JsonValue();
  JsonValue(const JsonValue&);
  JsonValue(JsonValue&&) noexcept;
  JsonValue& operator=(const JsonValue&);
  JsonValue& operator=(JsonValue&&) noexcept;

  bool is_scalar() const { return kind != Kind::Array && kind != Kind::Object; }
  const JsonValue* find(std::string_view name) const;
};

struct JsonMember {
  std::string name;
  JsonValue value;
};

/// Parses one JSON text (UTF-8). Corrupt tells the line; nesting is limited to 200.
Result<JsonValue> parse_json_value(std::string_view text, std::uint32_t first_line = 1);

}  // namespace openbook::read
