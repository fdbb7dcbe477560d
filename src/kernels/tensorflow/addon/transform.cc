#include "transform.h"

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

void transformRow(const float* from, float* to, Row row, const Fused& fused) {
  const size_t parts = loops().parts(row);
  const size_t columns = row.length() / parts;
  parallelRanges(columns, row.length(), kColumns, [&](size_t begin, size_t end) {
    loops().firstPass(from, to, begin, end, row, fused);
  });
  parallelRanges(parts, row.length(), 1, [&](size_t begin, size_t end) {
    for (size_t part = begin; part < end; part++) loops().rest(to, part, row, fused);
  });
}

void transformAll(const float* from, float* to, const Plan& plan, const Fused& fused) {
  const size_t size = plan.size();
  if (plan.rowByRow()) {
    const size_t length = plan.row.length();
    for (size_t i = 0; i < size; i += length) transformRow(from + i, to + i, plan.row, fused);
    return;
  }
  parallelRanges(size, size, plan.step(), [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; i += plan.step()) {
      const size_t count = end - i < plan.step() ? end - i : plan.step();
      loops().transform(from + i, to + i, count, plan.row, fused);
    }
  });
}

}  // namespace piecewise
