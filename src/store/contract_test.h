#pragma once

#include <functional>
#include <memory>
#include <string>

#include "store/store.h"

/// The promises of the seam Store, as tests that any implementation runs: `INSTANTIATE_TEST_SUITE_P(…, StoreContract,
/// …)` with how a fresh, empty store is made. Included by the test of each implementation.
namespace openbook::store::testing {

/// Opens the store at one place, fresh when it is first asked for a name.
struct StoreFactory {
  std::string name;
  std::function<Result<std::unique_ptr<Store>>(const StoreOptions&)> open;
};

StoreOptions test_options();

/// A document whose paragraphs are its chunks, with their terms.
NewDocument make_document(const std::string& uri, const std::string& title, const std::string& markdown);

/// Query terms of weight 1, as the tokeniser makes them.
std::vector<book::QueryTerm> terms_of(const std::string& question);

}  // namespace openbook::store::testing
