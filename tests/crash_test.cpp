// kill -9 at random moments of add, update, remove and forget. Whatever the moment: the file opens and is sound, every
// document is wholly there in one version or wholly absent, and doing the same again completes the work.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <map>
#include <random>
#include <regex>
#include <set>
#include <thread>

#include "support/library.h"
#include "support/temp_folder.h"

namespace openbook::e2e {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::microseconds;

constexpr int kKills = 200;
constexpr int kDocuments = 4;
constexpr int kSections = 3;
constexpr std::uint64_t kSeed = 19781103;

/// Document → its visible version; 0: absent.
using State = std::map<int, int>;

enum class Deed { Write, Remove, Forget };  ///< Write: the files change and are added, new or again.

std::string mark_of(int document, int version, int section) {
  return "keelmark d" + std::to_string(document) + " v" + std::to_string(version) + " s" + std::to_string(section) +
         ";";
}

/// Three sections, each long enough to be a chunk of its own, each signed with document, version and section.
std::string text_of(int document, int version) {
  std::string text = "# Log " + std::to_string(document) + "\n\n";
  for (int section = 0; section < kSections; ++section) {
    text += "## Part " + std::to_string(section) + "\n\n" + mark_of(document, version, section) + " ";
    for (int i = 0; i < 40; ++i)
      text += "Entry " + std::to_string(i * 7 + version) + " tells of calm water and of a slow crossing at dusk. ";
    text += "\n\n";
  }
  return text;
}

class Crash : public testing::Test {
 protected:
  std::string path_of(int document) const {
    return (folder_ / "logs" / ("log-" + std::to_string(document) + ".md")).string();
  }

  void write_files(const State& state) const {
    for (const auto& [document, version] : state) write_file(path_of(document), text_of(document, version));
  }

  /// What the library holds, from its search and its list; fails where a document is there in part or in two versions.
  State observe() const {
    std::map<int, std::set<std::pair<int, int>>> seen;  // document → (version, section)
    const std::regex mark("keelmark d([0-9]+) v([0-9]+) s([0-9]+);");
    const Json found = library_.search("keelmark", 100);
    for (const Json& hit : found.at("hits")) {
      const std::string text = hit.at("text");
      for (std::sregex_iterator it(text.begin(), text.end(), mark), end; it != end; ++it)
        seen[std::stoi((*it)[1])].insert({std::stoi((*it)[2]), std::stoi((*it)[3])});
    }
    State state;
    for (int document = 0; document < kDocuments; ++document) state[document] = 0;
    for (const auto& [document, marks] : seen) {
      const int version = marks.begin()->first;
      std::set<std::pair<int, int>> whole;
      for (int section = 0; section < kSections; ++section) whole.insert({version, section});
      EXPECT_EQ(marks, whole) << "document " << document << " is there in part or mixed";
      state[document] = version;
    }
    for (const ListedDocument& listed : library_.list()) {
      const int document = std::stoi(listed.file_name().substr(4));
      EXPECT_NE(state[document], 0) << listed.uri << " is listed but not found";
      EXPECT_EQ(library_.markdown(listed.id).find(mark_of(document, state[document], 0)) != std::string::npos, true);
    }
    return state;
  }

  std::vector<std::string> arguments_of(Deed deed, const std::set<int>& chosen) const {
    std::vector<std::string> arguments{"--kb", library_.file().string()};
    if (deed == Deed::Write) return arguments.insert(arguments.end(), {"add", (folder_ / "logs").string()}), arguments;
    if (deed == Deed::Remove) arguments.push_back("remove");
    if (deed == Deed::Forget) arguments.insert(arguments.end(), {"forget", "--yes"});
    for (int document : chosen) arguments.push_back(path_of(document));
    return arguments;
  }

  /// Starts the command and kills it after `delay`. True: it was still running.
  static bool killed(const std::vector<std::string>& arguments, microseconds delay) {
    const pid_t child = start_openbook(arguments);
    std::this_thread::sleep_for(delay);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status);
  }

  /// Some documents, at least one; all must be in `from`.
  std::set<int> choose(const std::set<int>& from) {
    std::set<int> chosen;
    while (chosen.empty())
      for (int document : from)
        if (random_() % 2) chosen.insert(document);
    return chosen;
  }

  /// What the library should hold when the deed is done.
  static State goal_of(const State& now, Deed deed, const std::set<int>& chosen, int new_version) {
    State goal = now;
    for (auto& [document, version] : goal) {
      if (deed == Deed::Write && (version == 0 || chosen.contains(document))) version = new_version;
      if (deed != Deed::Write && chosen.contains(document)) version = 0;
    }
    return goal;
  }

  static void expect_between(const State& after, const State& now, const State& goal) {
    for (const auto& [document, version] : after)
      EXPECT_TRUE(version == now.at(document) || version == goal.at(document))
          << "document " << document << " is at version " << version << "; before " << now.at(document) << ", meant "
          << goal.at(document);
  }

  void expect_no_bytes_of(const std::set<int>& forgotten) const {
    const std::string bytes = bytes_with_logs(library_.file());
    for (int document : forgotten)
      EXPECT_EQ(bytes.find("keelmark d" + std::to_string(document) + " v"), std::string::npos) << document;
  }

  /// Does the deed to its end, which must bring the library where it was meant to be.
  void complete(Deed deed, const std::vector<std::string>& arguments, const std::set<int>& chosen, const State& goal) {
    const auto started = Clock::now();
    const Outcome again = run_openbook(arguments);
    duration_[deed] = std::chrono::duration_cast<microseconds>(Clock::now() - started);
    SCOPED_TRACE(again.text());
    EXPECT_EQ(again.signal, 0);
    if (deed == Deed::Write) {
      EXPECT_EQ(again.exit_code, 0);
    }
    if (deed == Deed::Forget) expect_no_bytes_of(chosen);
    EXPECT_EQ(observe(), goal);
  }

  TempFolder folder_;
  Library library_{folder_ / "crash.db"};
  std::mt19937_64 random_{kSeed};
  std::map<Deed, microseconds> duration_{
      {Deed::Write, microseconds(60'000)}, {Deed::Remove, microseconds(20'000)}, {Deed::Forget, microseconds(60'000)}};
};

TEST_F(Crash, LeavesEveryDocumentWholeOrAbsent) {
  State now;
  std::set<int> all;
  for (int document = 0; document < kDocuments; ++document) {
    now[document] = 1;
    all.insert(document);
  }
  std::set<int> known = all;  // Not forgotten: what one may name.
  write_files(now);
  library_.add({(folder_ / "logs").string()});

  int kills = 0, halfway = 0;
  for (int round = 1; kills < kKills; ++round) {
    ASSERT_LT(round, 5 * kKills) << "too few of the kills hit a running program";
    SCOPED_TRACE("round " + std::to_string(round) + ", seed " + std::to_string(kSeed));
    static constexpr Deed kDeeds[] = {Deed::Write, Deed::Write, Deed::Remove, Deed::Forget};
    const Deed deed = known.empty() ? Deed::Write : kDeeds[random_() % std::size(kDeeds)];
    const std::set<int> chosen = choose(deed == Deed::Write ? all : known);
    const State goal = goal_of(now, deed, chosen, round + 1);
    if (deed == Deed::Write) write_files(goal);
    const std::vector<std::string> arguments = arguments_of(deed, chosen);

    const auto longest = static_cast<std::uint64_t>(duration_[deed].count() * 11 / 10);
    kills += killed(arguments, microseconds(random_() % longest));
    ASSERT_EQ(integrity_of(library_.file()), "ok");
    const State after = observe();
    expect_between(after, now, goal);
    halfway += after != now && after != goal;
    complete(deed, arguments, chosen, goal);
    ASSERT_FALSE(HasFailure());
    now = goal;
    if (deed == Deed::Write) known = all;
    for (int document : chosen)
      if (deed == Deed::Forget) known.erase(document);
  }
  std::printf("%d kills, %d of them between two documents\n", kills, halfway);
}

}  // namespace
}  // namespace openbook::e2e
