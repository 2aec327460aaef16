#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace openbook::flow {

/// Lends things that are costly to make and not safe concurrently (tokenisers, term collectors): each borrower has one
/// for itself, and as many exist as were ever borrowed at once. Safe concurrently; must outlive what it lent.
template <typename Thing>
class Lender {
 public:
  explicit Lender(std::function<Thing()> make) : make_(std::move(make)) {}

  struct GiveBack {
    Lender* lender;
    void operator()(Thing* thing) const {
      const std::lock_guard lock(lender->mutex_);
      lender->idle_.emplace_back(thing);
    }
  };
  using Loan = std::unique_ptr<Thing, GiveBack>;

  Loan borrow() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        Thing* const thing = idle_.back().release();
        idle_.pop_back();
        return Loan(thing, GiveBack{this});
      }
    }
    return Loan(new Thing(make_()), GiveBack{this});
  }

 private:
  std::function<Thing()> make_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Thing>> idle_;
};

}  // namespace openbook::flow
