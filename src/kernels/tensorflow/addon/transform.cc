#include "transform.h"

#include <algorithm>

#include "threads.h"

namespace piecewise {

Plan planOf(const Input& x, int64_t axis) {
  const auto rank = static_cast<int64_t>(x.shape.size());
  if (axis < 0 || axis >= rank) {
    throw InvalidArgument("axis must be from 0 to rank - 1 of " + x.name + ", but received axis " +
                          std::to_string(axis) + " and shape " + x.shapeText());
  }
  const auto at = static_cast<size_t>(axis);
  const size_t n = x.sizeOf(at, at + 1);
  if (n == 0 || (n & (n - 1)) != 0) {
    throw InvalidArgument("axis " + std::to_string(axis) + " of " + x.name +
                          " must have a power of two of elements, but received shape " + x.shapeText());
  }
  const Row row = {n, x.sizeOf(at + 1, x.shape.size())};
  const size_t outer = x.sizeOf(0, at);
  return {row, outer, x.size() == 0 ? 1 : rowsAtATime(row.length(), outer)};
}

// Columns of which the signs stay in a near cache for all rows.
constexpr size_t kChunk = 256;

void firstPass(const float* from, float* to, size_t rows, Row row, size_t parts, const Fused& fused) {
  const size_t length = row.length();
  const size_t chunk = rows == 1 ? length : kChunk;
  parallelRanges(length / parts, rows * length, kColumns, [&](size_t begin, size_t end) {
    for (size_t c = begin; c < end; c += chunk) {
      const size_t stop = std::min(c + chunk, end);
      for (size_t i = 0; i < rows * length; i += length) loops().firstPass(from + i, to + i, c, stop, row, parts, fused);
    }
  });
}

// Far memory gives eight streams faster than the 64 of a tile, which pay there only where rows have slopes in common.
constexpr size_t kFar = size_t{1} << 18;

void transformRows(const float* from, float* to, size_t rows, Row row, const Fused& fused) {
  const size_t length = row.length();
  const bool isTiled = rows > 1 && (fused.negative || length <= kFar);
  if (rows > 1 && !isTiled) {
    for (size_t i = 0; i < rows * length; i += length) transformRows(from + i, to + i, 1, row, fused);
    return;
  }
  const size_t parts = loops().parts(row, isTiled);
  firstPass(from, to, rows, row, parts, {fused.scale, fused.before, nullptr, nullptr, nullptr});
  parallelRanges(parts, rows * length, 1, [&](size_t begin, size_t end) {
    for (size_t part = begin; part < end; part++) {
      for (size_t i = 0; i < rows * length; i += length) loops().rest(to + i, part, row, parts, fused);
    }
  });
}

void transformAll(const float* from, float* to, const Plan& plan, const Fused& fused) {
  const size_t size = plan.size();
  if (plan.rowByRow()) return transformRows(from, to, plan.outer, plan.row, fused);
  parallelRanges(size, size, plan.step(), [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; i += plan.step()) {
      const size_t count = end - i < plan.step() ? end - i : plan.step();
      loops().transform(from + i, to + i, count, plan.row, fused);
    }
  });
}

}  // namespace piecewise
