// Parameters as the loops want them: one value for each value of a row.
#pragma once
#include <algorithm>

#include "floats.h"
#include "plan.h"

namespace piecewise {

// values[u], each `inner` times, and all of that `repeat` times; or null, as values are.
class Periodic {
 public:
  Periodic(const float* values, size_t units, size_t inner, size_t repeat)
      : own_(values == nullptr || inner * repeat == 1 ? 0 : units * inner * repeat), data_(values) {
    if (values == nullptr || inner * repeat == 1) return;
    float* to = own_.data();
    if (inner == 1) {
      to = std::copy_n(values, units, to);
    } else {
      for (size_t u = 0; u < units; u++) to = std::fill_n(to, inner, values[u]);
    }
    for (size_t r = 1; r < repeat; r++) to = std::copy_n(own_.data(), units * inner, to);
    data_ = own_.data();
  }
  Periodic(const float* values, const Plan& plan) : Periodic(values, plan.row.n, plan.row.inner, plan.repeat) {}
  Periodic(const Periodic&) = delete;
  Periodic& operator=(const Periodic&) = delete;

  const float* data() const { return data_; }

 private:
  Floats own_;
  const float* data_;
};

}  // namespace piecewise
