// How x [outer, n, inner] is taken apart into rows.
#pragma once
#include "loops.h"

namespace piecewise {

// Short rows are taken several at a time, as one row of about this many values.
constexpr size_t kLongEnough = 1024;

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

// How x [outer, n, inner] is taken: by `step` values, one long row or several short ones.
struct Plan {
  Row row;
  size_t outer;
  size_t repeat;  // rows in a step

  Plan(Row row, size_t outer)
      : row(row), outer(outer), repeat(size() == 0 ? 1 : rowsAtATime(row.length(), outer)) {}

  size_t size() const { return outer * row.length(); }
  size_t step() const { return repeat * row.length(); }
  size_t steps() const { return (size() + step() - 1) / step(); }
  bool rowByRow() const { return row.length() >= kLongRow && outer < kFewRows; }
};

}  // namespace piecewise
