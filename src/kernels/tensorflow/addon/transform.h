// The transform of many rows on all cores.
#pragma once
#include "call.h"
#include "loops.h"
#include "periodic.h"

namespace piecewise {

// How x [outer, n, inner] is taken: by `step` values, one long row or several short ones.
struct Plan {
  Row row;
  size_t outer;
  size_t repeat;  // rows in a step

  size_t size() const { return outer * row.length(); }
  size_t step() const { return repeat * row.length(); }
  bool rowByRow() const { return row.length() >= kLongRow && outer < kFewRows; }
};

// Checks that `axis` of x exists and can be transformed.
Plan planOf(const Input& x, int64_t axis);

// A vector of n values, as the loops want it.
inline Periodic along(const Plan& plan, const Input& vector) {
  return Periodic(vector.data, plan.row.n, plan.row.inner, plan.repeat);
}

// Long rows on all cores. What they have in common, such as signs, is read once for all of them, a piece at a time.
void transformRows(const float* from, float* to, size_t rows, Row row, const Fused& fused);

// The first of its two steps alone, which leaves parts that do not depend on each other; with `after`, the last one of a
// transform whose parts were done before.
void firstPass(const float* from, float* to, size_t rows, Row row, size_t parts, const Fused& fused);

void transformAll(const float* from, float* to, const Plan& plan, const Fused& fused);

}  // namespace piecewise
