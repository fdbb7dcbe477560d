#include "transform.h"

#include <algorithm>

#include "threads.h"

namespace piecewise {

namespace {

bool isPowerOfTwo(size_t n) { return n > 0 && (n & (n - 1)) == 0; }

Plan planFor(const Input& x, size_t axis, size_t n) {
  return Plan({n, x.sizeOf(axis + 1, x.shape.size())}, x.sizeOf(0, axis));
}

}  // namespace

Plan planOf(const Input& x, int64_t axis) {
  const size_t at = x.axisAt(axis);
  const auto n = static_cast<size_t>(x.shape[at]);
  if (!isPowerOfTwo(n)) {
    throw InvalidArgument("axis " + std::to_string(axis) + " of " + x.name +
                          " must have a power of two of elements, but received shape " + x.shapeText());
  }
  return planFor(x, at, n);
}

Plan planOf(const Input& x, int64_t axis, const Input& signs) {
  const size_t at = x.axisAt(axis);
  const size_t n = signs.size();
  if (signs.shape.size() != 1 || !isPowerOfTwo(n)) {
    throw InvalidArgument("signs must be a vector of a power of two of elements, but received shape " + signs.shapeText());
  }
  return planFor(x, at, n);
}

namespace {

// Calls work(begin, end) on ranges of the columns of `count` rows, which work takes row after row: not too many for their parts
// to stay near.
template <class Work>
void columnsOfParts(size_t count, Row row, size_t parts, size_t chunk, const Work& work) {
  parallelRanges(row.length() / parts, count * row.length(), kColumns, [&](size_t begin, size_t end) {
    for (size_t c = begin; c < end; c += chunk) work(c, std::min(c + chunk, end));
  });
}

// From the source to their places: what is made longer is written there first, a few columns of all parts at a time.
void firstPass(const Source& from, size_t first, float* to, size_t count, Row row, size_t parts, const Fused& fused) {
  const size_t length = row.length();
  const size_t chunk = count == 1 && from.isWhole() ? length : kTileColumns;
  columnsOfParts(count, row, parts, chunk, [&](size_t begin, size_t end) {
    for (size_t r = 0; r < count; r++) {
      float* const own = to + r * length;
      const float* values = own;
      if (from.isWhole()) {
        values = from.rows(first + r, 1, own);
      } else {
        for (size_t at = begin; at < length; at += length / parts) from.fill(first + r, at, end - begin, own + at);
      }
      loops().acrossParts(values, own, begin, end, row, parts, fused);
    }
  });
}

// Far memory gives eight streams faster than the 64 of a tile, which pay there only where rows have slopes in common.
constexpr size_t kFar = size_t{1} << 18;

// Long rows, `count` from the first one on. Unless they are very long and have no slopes in common, all of them do a piece before
// the next one, so that what they have in common is read once.
void transformRows(const Source& from, size_t first, float* to, size_t count, Row row, const Fused& fused, const Then& then) {
  const size_t length = row.length();
  const bool isTiled = count > 1 && (fused.negative || then || length <= kFar);
  if (count > 1 && !isTiled) {
    for (size_t r = 0; r < count; r++) transformRows(from, first + r, to + r * length, 1, row, fused, nullptr);
    return;
  }
  const size_t parts = loops().parts(row, isTiled);
  firstPass(from, first, to, count, row, parts, {fused.scale, fused.before});
  parallelRanges(parts, count * length, 1, [&](size_t begin, size_t end) {
    for (size_t part = begin; part < end; part++) {
      const size_t at = part * (length / parts);
      for (size_t i = 0; i < count * length; i += length) {
        loops().onePart(to + i, to + i, part, row, parts, {1, nullptr, fused.after, fused.negative, fused.positive});
        if (then) then(i + at, at, length / parts);
      }
    }
  });
}

}  // namespace

void acrossParts(float* rows, size_t count, Row row, size_t parts, const Fused& fused) {
  const size_t length = row.length();
  columnsOfParts(count, row, parts, count == 1 ? length : kTileColumns, [&](size_t begin, size_t end) {
    for (size_t i = 0; i < count * length; i += length) loops().acrossParts(rows + i, rows + i, begin, end, row, parts, fused);
  });
}

void transformAll(const Source& from, float* to, const Plan& plan, const Fused& fused, const Then& then) {
  const size_t length = plan.row.length();
  if (plan.rowByRow()) return transformRows(from, 0, to, plan.outer, plan.row, fused, then);
  parallelRanges(plan.outer, plan.size(), plan.repeat, [&](size_t begin, size_t end) {
    for (size_t first = begin; first < end; first += plan.repeat) {
      const size_t count = std::min(plan.repeat, end - first);
      float* const own = to + first * length;
      loops().transform(from.rows(first, count, own), own, count * length, plan.row, fused);
      if (then) then(first * length, 0, count * length);
    }
  });
}

}  // namespace piecewise
