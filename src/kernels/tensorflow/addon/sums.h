// Sums over rows in double precision. The rows are cut into blocks by the shape alone; each block has its own sums, which
// are added in order: the result does not depend on the number of threads.
#pragma once
#include <algorithm>
#include <vector>

#include "threads.h"

namespace piecewise {

class Sums {
 public:
  // `width` sums over `steps` rows of `values` values in all. Where one thread does them, one block saves the sums of others.
  Sums(size_t width, size_t steps, size_t values)
      : width_(width),
        steps_(steps),
        values_(values),
        blocks_(values < kSmall ? 1 : std::clamp(steps / 8, size_t{1}, size_t{32})),
        sums_(width * blocks_) {}

  size_t blocks() const { return blocks_; }

  // Calls work(step, count, block, sums) for `group` steps at a time, or fewer, in parallel where there are many values; one
  // block is never on two threads. Gives the total of `width`.
  template <class Work>
  const double* run(size_t group, const Work& work) {
    parallelRanges(blocks_, values_, 1, [&](size_t begin, size_t end) {
      for (size_t block = begin; block < end; block++) {
        double* const sums = sums_.data() + block * width_;
        const size_t last = (block + 1) * steps_ / blocks_;
        for (size_t i = block * steps_ / blocks_; i < last; i += group) {
          work(i, std::min(group, last - i), block, sums);
        }
      }
    });
    for (size_t block = 1; block < blocks_; block++) {
      for (size_t i = 0; i < width_; i++) sums_[i] += sums_[block * width_ + i];
    }
    return sums_.data();
  }

  // Step by step.
  template <class Work>
  const double* run(const Work& work) {
    return run(1, [&](size_t step, size_t, size_t block, double* sums) { work(step, block, sums); });
  }

 private:
  const size_t width_;
  const size_t steps_;
  const size_t values_;
  const size_t blocks_;
  std::vector<double> sums_;
};

// totals[u] = the sum of the values that Periodic made of u: sums [repeat, units, inner].
inline void fold(const double* sums, size_t repeat, size_t units, size_t inner, float* totals) {
  if (repeat == 1 && inner == 1) {
    for (size_t u = 0; u < units; u++) totals[u] = static_cast<float>(sums[u]);
    return;
  }
  for (size_t u = 0; u < units; u++) {
    double total = 0;
    for (size_t r = 0; r < repeat; r++) {
      for (size_t c = 0; c < inner; c++) total += sums[(r * units + u) * inner + c];
    }
    totals[u] = static_cast<float>(total);
  }
}

}  // namespace piecewise
