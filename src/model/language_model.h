#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// The seam "LanguageModel". The main job needs none: answers are then quotations (answer/answerer.h).
namespace openbook::model {

enum class Role { System, User, Assistant };

struct Message {
  Role role = Role::User;
  std::string text;
};

/// What is asked of a model. Absent values leave the choice to the model's own settings.
struct Prompt {
  std::vector<Message> messages;
  std::optional<float> temperature;  ///< 0: always the likeliest token.
  std::optional<std::uint64_t> seed;
  std::uint32_t max_tokens = 1024;
  std::vector<std::string> stop;  ///< Generation ends before any of these.
  std::string json_schema;        ///< Empty: free text. Else the reply is valid under this JSON Schema.
};

struct Reply {
  std::string text;
  std::uint32_t prompt_tokens = 0;
  std::uint32_t reply_tokens = 0;
  bool cut = false;  ///< max_tokens was reached.
};

class LanguageModel {
 public:
  virtual ~LanguageModel() = default;

  /// Writes a reply; `on_text` (may be empty) sees each piece as it is made. Safe concurrently.
  /// Errors: Unavailable (not running, time-out), OverLimit (prompt longer than the context), Cancelled.
  virtual Result<Reply> reply(const Prompt& prompt, const std::function<void(std::string_view)>& on_text,
                              std::stop_token stop) const = 0;

  virtual std::uint32_t context_tokens() const = 0;
  virtual std::string identity() const = 0;
};

}  // namespace openbook::model
