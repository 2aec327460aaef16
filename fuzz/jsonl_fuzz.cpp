#include "read/json.h"
#include "reader_fuzz.h"

// JSON Lines are read by another way than JSON: the name decides.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return openbook::read::fuzz_reader(*openbook::read::make_json_reader(), "lines.jsonl", data, size);
}
