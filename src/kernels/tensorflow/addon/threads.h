// A few threads that wait for work. TensorFlow's own are not open to a kernel of its C API.
#pragma once
#include <cstddef>
#include <functional>

namespace piecewise {

// How many threads share the work: TFJS_PIECEWISE_THREADS, else TensorFlow's TF_NUM_INTRAOP_THREADS, else all cores.
size_t threadCount();

// Runs work(0) .. work(tasks - 1) on all threads, the caller's included, and returns when all are done. Where another
// thread is using them already, the caller does all of it. `work` must not throw.
void parallel(size_t tasks, const std::function<void(size_t)>& work);

// Values below which one thread is faster than several.
constexpr size_t kSmall = size_t{1} << 18;

// A step for neighbouring values, so that two threads do not write to one cache line.
constexpr size_t kColumns = 64;

// Calls work(begin, end) on ranges that make up 0 .. count, in parallel where they are `values` values in all. All
// boundaries but the last are multiples of `step`.
template <class Work>
void parallelRanges(size_t count, size_t values, size_t step, const Work& work) {
  const size_t threads = threadCount();
  const size_t steps = (count + step - 1) / step;
  if (values < kSmall || threads == 1 || steps <= 1) {
    if (count > 0) work(size_t{0}, count);
    return;
  }
  const size_t tasks = steps < 4 * threads ? steps : 4 * threads;  // more than threads: a slow one does fewer
  parallel(tasks, [&](size_t task) {
    const size_t begin = task * steps / tasks * step;
    const size_t end = (task + 1) * steps / tasks * step;
    work(begin, end < count ? end : count);
  });
}

}  // namespace piecewise
