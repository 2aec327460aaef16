#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "store/store.h"

/// The promises of the seam Store, as tests that every implementation runs: its own test file instantiates
/// StoreContract with how one opens a store; contract_*_test.cpp hold the tests.
namespace openbook::store::testing {

struct StoreFactory {
  std::string name;
  /// Opens the store that lives in a folder, and makes it when there is none.
  std::function<Result<std::unique_ptr<Store>>(const std::filesystem::path& folder, const StoreOptions& options)> open;
};

StoreOptions test_options();

/// A document whose paragraphs are its chunks, with their terms and a source map by line.
NewDocument make_document(const std::string& uri, const std::string& title, const std::string& markdown);

/// Query terms of weight 1, as the tokeniser makes them.
std::vector<book::QueryTerm> terms_of(const std::string& question);

/// A folder of the running test's own, empty at first and gone afterwards.
class TestFolder {
 public:
  TestFolder();
  ~TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

class StoreContract : public ::testing::TestWithParam<StoreFactory> {
 protected:
  void SetUp() override { open(); }
  void open(const StoreOptions& options = test_options());
  std::unique_ptr<Writer> writer();
  std::unique_ptr<Snapshot> snapshot(std::optional<Millis> as_of = std::nullopt);
  /// Puts and commits.
  void put(const std::string& uri, const std::string& title, const std::string& markdown);
  book::DocumentId id_of(const std::string& uri);
  /// Texts of the passages found for a question, best first.
  std::vector<std::string> found(Snapshot& snapshot, const std::string& question, const book::Filter& filter = {});

  TestFolder folder_;
  std::unique_ptr<Store> store_;
};

}  // namespace openbook::store::testing
