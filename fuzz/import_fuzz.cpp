#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/files.h"
#include "openbook/library.h"

/// Any bytes as the lines of an exported library, below a good first line (or, if the first byte is 0, as the whole
/// file). What is imported can be listed, read and searched.
namespace {

struct Place {
  openbook::Result<openbook::TemporaryFolder> folder = openbook::TemporaryFolder::make("/dev/shm");
  openbook::Result<openbook::Library> library =
      openbook::Library::open(folder->path() + "/library.db", {.create = true, .thread_count = 1});
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace openbook;
  static Place place;
  if (!place.library) std::abort();
  std::string text(reinterpret_cast<const char*>(data), size);
  if (size > 0 && data[0] == 0)
    text.erase(0, 1);
  else
    text.insert(0, "{\"format\":\"openbook-export\",\"version\":1}\n");
  const std::string path = place.folder->path() + "/export.jsonl";
  if (!write_file_atomically(path, text)) std::abort();
  if (!place.library->import_from(path, {})) return 0;
  const auto documents = place.library->list();
  if (!documents) std::abort();
  for (const DocumentInfo& document : *documents)
    if (!place.library->document(document.ref.id)) std::abort();
  place.library->search("filter", {});
  return 0;
}
