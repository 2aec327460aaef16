#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "answer/answerer.h"
#include "flow/analyse.h"
#include "flow/lender.h"
#include "openbook/library.h"
#include "split/splitter.h"
#include "store/store.h"
#include "text/tokenise.h"

namespace openbook {

/// What a Library is made of: one implementation of each seam, put together here and nowhere else.
struct Library::State {
  std::string path;
  LibraryOptions options;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<split::Splitter> splitter;
  std::unique_ptr<flow::Analyser> analyser;
  std::unique_ptr<answer::Answerer> answerer;
  flow::Lender<text::Tokeniser> tokenisers{[] { return text::Tokeniser(); }};
  std::mutex writing;  ///< add, remove, forget, import, reindex exclude each other.
};

}  // namespace openbook
