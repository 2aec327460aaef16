#include "read/json_value.h"

#include <simdjson.h>

namespace openbook::read {
namespace {

namespace od = simdjson::ondemand;
constexpr int kMaxDepth = 200;

std::string_view trimmed_token(std::string_view token) {
  return token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
}

/// Walks the text once, in order, and counts lines as it goes.
class Builder {
 public:
  Builder(std::string_view text, std::uint32_t first_line) : text_(text), line_(first_line) {}

  template <typename Value>
  simdjson::error_code build(Value&& value, JsonValue& into, int depth) {
    if (depth > kMaxDepth) return simdjson::DEPTH_ERROR;
    od::json_type type{};
    if (const auto error = value.type().get(type)) return error;
    std::string_view token;
    if (type != od::json_type::array && type != od::json_type::object) {
      if (const auto error = simdjson::simdjson_result<std::string_view>(value.raw_json_token()).get(token))
        return error;
      into.line = line_of(token.data());
    }
    switch (type) {
      case od::json_type::array:
        return array(value, into, depth);
      case od::json_type::object:
        return object(value, into, depth);
      case od::json_type::string: {
        into.kind = JsonValue::Kind::Text;
        std::string_view text;
        if (const auto error = value.get_string().get(text)) return error;
        into.text = text;
        return simdjson::SUCCESS;
      }
      case od::json_type::number: {
        od::number number;
        if (const auto error = value.get_number().get(number); error && error != simdjson::NUMBER_ERROR) return error;
        into.kind = JsonValue::Kind::Scalar;
        into.text = trimmed_token(token);
        return simdjson::SUCCESS;
      }
      case od::json_type::boolean: {
        bool truth = false;
        if (const auto error = value.get_bool().get(truth)) return error;
        into.kind = JsonValue::Kind::Scalar;
        into.text = truth ? "true" : "false";
        return simdjson::SUCCESS;
      }
      case od::json_type::null:
        return value.is_null() ? simdjson::SUCCESS : simdjson::INCORRECT_TYPE;
    }
    return simdjson::UNEXPECTED_ERROR;
  }

  std::uint32_t line() const { return line_; }
  std::uint32_t line_of(const char* at) {
    for (; counted_ < text_.data() + text_.size() && counted_ < at; ++counted_) line_ += *counted_ == '\n';
    return line_;
  }

 private:
  template <typename Value>
  simdjson::error_code array(Value&& value, JsonValue& into, int depth) {
    into.kind = JsonValue::Kind::Array;
    od::array items;
    if (const auto error = value.get_array().get(items)) return error;
    into.line = line_;
    for (auto item : items) {
      od::value element;
      if (const auto error = std::move(item).get(element)) return error;
      into.members.emplace_back();
      if (const auto error = build(element, into.members.back().value, depth + 1)) return error;
    }
    return simdjson::SUCCESS;
  }

  template <typename Value>
  simdjson::error_code object(Value&& value, JsonValue& into, int depth) {
    into.kind = JsonValue::Kind::Object;
    od::object fields;
    if (const auto error = value.get_object().get(fields)) return error;
    into.line = line_;
    for (auto item : fields) {
      od::field field;
      if (const auto error = std::move(item).get(field)) return error;
      std::string_view key;
      if (const auto error = field.unescaped_key().get(key)) return error;
      into.members.push_back({std::string(key), {}});
      if (const auto error = build(field.value(), into.members.back().value, depth + 1)) return error;
    }
    return simdjson::SUCCESS;
  }

  std::string_view text_;
  const char* counted_ = text_.data();
  std::uint32_t line_;
};

}  // namespace

JsonValue::JsonValue() = default;
JsonValue::~JsonValue() = default;
JsonValue::JsonValue(const JsonValue&) = default;
JsonValue::JsonValue(JsonValue&&) noexcept = default;
JsonValue& JsonValue::operator=(const JsonValue&) = default;
JsonValue& JsonValue::operator=(JsonValue&&) noexcept = default;

const JsonValue* JsonValue::find(std::string_view name) const {
  for (const auto& [key, value] : members)
    if (key == name) return &value;
  return nullptr;
}

Result<JsonValue> parse_json_value(std::string_view text, std::uint32_t first_line) {
  const simdjson::padded_string padded(text);
  Builder builder(std::string_view(padded.data(), padded.size()), first_line);
  od::parser parser;
  od::document document;
  JsonValue root;
  simdjson::error_code error = parser.iterate(padded).get(document);
  if (!error) error = builder.build(document, root, 0);
  const char* rest = nullptr;
  if (!error && !root.is_scalar() && !document.current_location().get(rest)) error = simdjson::TAPE_ERROR;
  if (error)
    return fail(Code::Corrupt, std::string("not valid JSON near line ") + std::to_string(builder.line()) + ": " +
                                   simdjson::error_message(error));
  return root;
}

}  // namespace openbook::read
