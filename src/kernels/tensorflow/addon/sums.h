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

  // Calls work(begin, end, sums) on blocks of the steps, in parallel where there are many values. Gives the total of `width`.
  template <class Work>
  double* run(const Work& work) {
    parallelRanges(blocks_, values_, 1, [&](size_t begin, size_t end) {
      for (size_t block = begin; block < end; block++) {
        work(block * steps_ / blocks_, (block + 1) * steps_ / blocks_, sums_.data() + block * width_);
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
  const size_t values_;
  const size_t blocks_;
  std::vector<double> sums_;
};

// totals[u] = the sum of the values that Periodic made of u: sums [repeat, units, inner], which are added up in place.
template <class Sum>
void fold(Sum* sums, size_t repeat, size_t units, size_t inner, float* totals) {
  const size_t length = units * inner;
  for (size_t r = 1; r < repeat; r++) {
    for (size_t i = 0; i < length; i++) sums[i] += sums[r * length + i];
  }
  parallelRanges(units, length, kColumns, [&](size_t begin, size_t end) {
    for (size_t u = begin; u < end; u++) {
      double total = 0;
      for (size_t c = 0; c < inner; c++) total += sums[u * inner + c];
      totals[u] = static_cast<float>(total);
    }
  });
}

}  // namespace piecewise
