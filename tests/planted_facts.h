#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// Documents about things that do not exist, for asking what only they can know.
namespace openbook::e2e {

struct PlantedFact {
  std::string file_name;  ///< "notes-07.md": holds nothing of the secret.
  std::string document;   ///< Text of the file.
  std::string question;   ///< Holds nothing of the secret either.
  std::string secret;     ///< The answer: a made-up word that stands in this document alone, once.
};

/// `count` facts in as many documents, English and Chinese by turns; the same for the same seed.
std::vector<PlantedFact> plant_facts(int count, std::uint64_t seed);

}  // namespace openbook::e2e
