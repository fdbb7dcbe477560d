// The derivatives of reluPair(z, negative, positive) by the slopes, and by z, row after row.
#pragma once
#include <memory>

#include "periodic.h"
#include "sums.h"

namespace piecewise {

struct PairGradient {
  const float* z;
  const float* dy;
  // One for each value of a step.
  const float* negative;
  const float* positive;
  float* dz;  // null where only the slopes count, which are not read then
  float* dnegative;
  float* dpositive;
};

// Rows whose products are added in floats before they go to sums in doubles, which cost as much as all the rest, and more where
// rows are too long for a near cache.
constexpr size_t kGroup = 4;
constexpr size_t kGroupOfLong = 16;

// The sums of products of `width` columns, those below zero before the others.
class PairSums {
 public:
  PairSums(size_t width, size_t group, double* totals)
      : totals_(totals), products_(2 * width), width_(width), group_(group) {}

  // For the next row: its products are added to the others'.
  PairDerivative derivative(const float* dy, const float* negative, const float* positive) {
    if (rows_ == group_) flush();
    rows_++;
    return {dy, negative, positive, products_.data(), products_.data() + width_, false};
  }

  // After the last row.
  void flush() {
    loops().addTo(totals_, products_.data(), 2 * width_);
    std::fill_n(products_.data(), 2 * width_, 0.0f);
    rows_ = 0;
  }

 private:
  double* const totals_;
  Floats products_;
  const size_t width_;
  const size_t group_;
  size_t rows_ = 0;
};

// Many rows: calls work(start, count, derivative) for each step.
template <class Work>
void manyRows(const PairGradient& all, const Plan& plan, const Work& work) {
  const size_t step = plan.step();
  Sums sums(2 * step, plan.steps(), plan.size());
  double* const totals = sums.run([&](size_t begin, size_t end, double* own) {
    PairSums products(step, plan.row.length() > kLongEnough ? kGroupOfLong : kGroup, own);
    for (size_t start = begin * step; start < std::min(end * step, plan.size()); start += step) {
      const PairDerivative derivative = products.derivative(all.dy + start, all.negative, all.positive);
      work(start, std::min(step, plan.size() - start), derivative);
    }
    products.flush();
  });
  fold(totals, plan.repeat, plan.row.n, plan.row.inner, all.dnegative);
  fold(totals + step, plan.repeat, plan.row.n, plan.row.inner, all.dpositive);
}

// So few rows that floats are right sums of their products, and so long that threads share a row.
constexpr size_t kFewProducts = 32;
inline bool isFewRows(const Plan& plan) { return plan.row.length() >= kLongEnough && plan.outer <= kFewProducts; }

// The sums of few rows: one for each value of a row.
class RowSums {
 public:
  RowSums(const PairGradient& all, const Plan& plan)
      : all_(all), row_(plan.row), own_(plan.row.inner == 1 ? nullptr : new float[2 * plan.row.length()]) {}

  // From the place `at` of the row on that begins at `start`.
  PairDerivative derivative(size_t start, size_t at) const {
    const float* const below = all_.dz ? all_.negative + at : nullptr;
    const float* const above = all_.dz ? all_.positive + at : nullptr;
    return {all_.dy + start + at, below, above, negative() + at, positive() + at, start == 0};
  }

  // After the last row.
  void finish() const {
    if (!own_) return;
    fold(negative(), 1, row_.n, row_.inner, all_.dnegative);
    fold(positive(), 1, row_.n, row_.inner, all_.dpositive);
  }

 private:
  float* negative() const { return own_ ? own_.get() : all_.dnegative; }
  float* positive() const { return own_ ? own_.get() + row_.length() : all_.dpositive; }

  const PairGradient& all_;
  const Row row_;
  const std::unique_ptr<float[]> own_;
};

}  // namespace piecewise
