// Parameters as the loops want them: one value for each value of a row.
#pragma once
#include <cstddef>
#include <vector>

namespace piecewise {

// Short rows are taken several at a time, as one row of about this many values.
constexpr size_t kLongEnough = 2048;

// A few long rows are done one after the other, each on all cores. That does not depend on the number of cores, and so
// neither does the order of any sum.
constexpr size_t kLongRow = size_t{1} << 16;
constexpr size_t kFewRows = 16;

// A row of a power of two of values that is shorter than a vector is taken so often that vectors fit.
constexpr size_t kLongestVector = 16;

// How many rows of `length` of `rows` in all to take at a time.
inline size_t rowsAtATime(size_t length, size_t rows) {
  const size_t many = length < kLongEnough ? kLongEnough / length : 1;
  const size_t multiple = length < kLongestVector ? kLongestVector / length : 1;
  return many <= rows ? many : (rows + multiple - 1) / multiple * multiple;
}

// values[u], each `inner` times, and all of that `repeat` times.
class Periodic {
 public:
  Periodic(const float* values, size_t units, size_t inner, size_t repeat) : data_(values) {
    if (inner == 1 && repeat == 1) return;
    own_.reserve(units * inner * repeat);
    for (size_t r = 0; r < repeat; r++) {
      for (size_t u = 0; u < units; u++) own_.insert(own_.end(), inner, values[u]);
    }
    data_ = own_.data();
  }
  Periodic(const Periodic&) = delete;
  Periodic& operator=(const Periodic&) = delete;

  const float* data() const { return data_; }

 private:
  const float* data_;
  std::vector<float> own_;
};

}  // namespace piecewise
