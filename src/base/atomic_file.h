#pragma once

#include <string>
#include <string_view>

#include "base/descriptor.h"
#include "base/result.h"

namespace openbook {

/// A file written piece by piece that is there whole after commit(), and not at all without it.
class AtomicFile {
 public:
  AtomicFile() = default;
  AtomicFile(const AtomicFile&) = delete;
  ~AtomicFile();

  /// Begins a file that will be `path`; what is there now stays until commit().
  Status open(const std::string& path);
  Status write(std::string_view bytes);
  Status commit();

 private:
  Status flush();

  std::string path_;
  std::string temporary_;
  std::string buffer_;
  Descriptor file_;
};

}  // namespace openbook
