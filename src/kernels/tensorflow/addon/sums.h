// Sums over rows in double precision. The rows are cut into blocks by the shape alone; each block has its own sums, which
// are added in order: the result does not depend on the number of threads.
#pragma once
#include <algorithm>
#include <vector>

#include "threads.h"

namespace piecewise {

class Sums {
 public:
  // `width` sums over `steps` rows.
  Sums(size_t width, size_t steps)
      : width_(width), steps_(steps), blocks_(std::clamp(steps / 8, size_t{1}, size_t{32})), sums_(width * blocks_) {}

  size_t blocks() const { return blocks_; }

  // Calls work(step, block, sums) for each step, in parallel where there are `values` values in all; one block is never
  // on two threads. Gives the total of `width`.
  template <class Work>
  const double* run(size_t values, const Work& work) {
    parallelRanges(blocks_, values, 1, [&](size_t begin, size_t end) {
      for (size_t block = begin; block < end; block++) {
        double* const sums = sums_.data() + block * width_;
        for (size_t i = block * steps_ / blocks_; i < (block + 1) * steps_ / blocks_; i++) {
          work(i, block, sums);
        }
      }
    });
    for (size_t block = 1; block < blocks_; block++) {
      for (size_t i = 0; i < width_; i++) sums_[i] += sums_[block * width_ + i];
    }
    return sums_.data();
  }

 private:
  const size_t width_;
  const size_t steps_;
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
