#include "threads.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>
#include <vector>

namespace piecewise {
namespace {

using Clock = std::chrono::steady_clock;

// How long a thread looks for the next work before it sleeps, for to wake it takes as long as a small op. Where the work
// before came soon, the next will: then it waits longer, and not where TensorFlow needs the core in between.
constexpr auto kPatience = std::chrono::microseconds(50);
constexpr auto kSoon = std::chrono::microseconds(200);

size_t numberIn(const char* variable) {
  const char* text = std::getenv(variable);
  const long number = text ? std::strtol(text, nullptr, 10) : 0;
  return number > 0 && number <= 1024 ? static_cast<size_t>(number) : 0;
}

size_t chooseThreadCount() {
  for (const char* variable : {"TFJS_PIECEWISE_THREADS", "TF_NUM_INTRAOP_THREADS"}) {
    if (const size_t number = numberIn(variable)) return number;
  }
  const size_t cores = std::thread::hardware_concurrency();
  return cores > 0 ? cores : 1;
}

void relax() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

class Pool {
 public:
  explicit Pool(size_t workers) : shares_(workers + 1) {
    for (size_t i = 1; i <= workers; i++) std::thread([this, i] { serve(i); }).detach();
  }

  void run(size_t tasks, const std::function<void(size_t)>& work) {
    const std::unique_lock<std::mutex> turn(turn_, std::try_to_lock);
    const size_t threads = shares_.size();
    if (!turn || threads == 1) {
      for (size_t i = 0; i < tasks; i++) work(i);
      return;
    }
    work_ = &work;
    for (size_t i = 0; i < threads; i++) {
      shares_[i].next.store(i * tasks / threads, std::memory_order_relaxed);
      shares_[i].end = (i + 1) * tasks / threads;
    }
    open_.store(true);
    {
      const std::lock_guard<std::mutex> lock(sleep_);
      round_.fetch_add(1);
    }
    if (sleepers_.load() > 0) wake_.notify_all();
    takeTasks(0);
    open_.store(false);
    // A worker that came late finds it closed; those inside have at most one task left each.
    while (inside_.load() > 0) relax();
  }

 private:
  // A thread begins with its own share, whose values are still in the cache of its core where the call before had the same
  // ones; then it helps the others.
  void takeTasks(size_t own) {
    for (size_t i = 0; i < shares_.size(); i++) {
      Share& share = shares_[(own + i) % shares_.size()];
      for (size_t task; (task = share.next.fetch_add(1, std::memory_order_relaxed)) < share.end;) (*work_)(task);
    }
  }

  void serve(size_t own) {
    auto patience = kPatience;
    for (size_t seen = 0;;) {
      const auto start = Clock::now();
      seen = waitForRound(seen, start + patience);
      patience = Clock::now() - start < kSoon ? kSoon : kPatience;
      inside_.fetch_add(1);
      if (open_.load()) takeTasks(own);
      inside_.fetch_sub(1);
    }
  }

  size_t waitForRound(size_t seen, Clock::time_point end) {
    do {
      for (int i = 0; i < 64; i++, relax()) {
        if (const size_t round = round_.load(); round != seen) return round;
      }
    } while (Clock::now() < end);
    std::unique_lock<std::mutex> lock(sleep_);
    sleepers_.fetch_add(1);
    wake_.wait(lock, [&] { return round_.load() != seen; });
    sleepers_.fetch_sub(1);
    return round_.load();
  }

  // The tasks of one thread, on a cache line of its own.
  struct alignas(64) Share {
    std::atomic<size_t> next{0};
    size_t end = 0;
  };

  std::vector<Share> shares_;
  std::mutex turn_;
  const std::function<void(size_t)>* work_ = nullptr;
  std::atomic<size_t> round_{0};
  std::atomic<size_t> inside_{0};
  std::atomic<bool> open_{false};
  std::mutex sleep_;
  std::condition_variable wake_;
  std::atomic<size_t> sleepers_{0};
};

}  // namespace

size_t threadCount() {
  static const size_t count = chooseThreadCount();
  return count;
}

void parallel(size_t tasks, const std::function<void(size_t)>& work) {
  // Never destroyed: its threads live as long as the process.
  static Pool* const pool = new Pool(threadCount() - 1);
  pool->run(tasks, work);
}

}  // namespace piecewise
