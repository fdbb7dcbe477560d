// ExpandUnits, TakeUnits and SelectedWalshHadamard: units of one axis, and the transform of which only these are wanted.
#include <cstring>

#include "register.h"
#include "threads.h"
#include "transform.h"

namespace piecewise {
namespace {

// A list of distinct units of an axis of `size`.
class Units {
 public:
  Units(Call& call, int index, const char* name, size_t size) : input_(call.input(index, name)), size_(size) {
    if (input_.shape.size() != 1) throw InvalidArgument(input_.name + " must be a vector");
  }

  size_t count() const { return input_.size(); }
  const int32_t* data() const { return input_.integers(); }

  // Throws unless all of them are units of the axis.
  void check() const {
    for (size_t j = 0; j < count(); j++) {
      if (data()[j] < 0 || static_cast<size_t>(data()[j]) >= size_) {
        throw InvalidArgument(input_.name + " must be from 0 to " + std::to_string(size_) + " - 1, but received " +
                              std::to_string(data()[j]));
      }
    }
  }

 private:
  const Input& input_;
  const size_t size_;
};

void copyUnit(const float* from, float* to, size_t inner) {
  if (inner == 1) {
    *to = *from;
  } else {
    std::memcpy(to, from, inner * sizeof(float));
  }
}

// The units of x [n, inner], one after the other.
void take(const float* x, float* y, const Units& units, size_t inner) {
  for (size_t j = 0; j < units.count(); j++) copyUnit(x + units.data()[j] * inner, y + j * inner, inner);
}

// The other way: the units to their places.
void put(const float* x, float* y, const Units& units, size_t inner) {
  for (size_t j = 0; j < units.count(); j++) copyUnit(x + j * inner, y + units.data()[j] * inner, inner);
}

class ExpandUnits {
 public:
  explicit ExpandUnits(Attributes& attributes)
      : axis_(attributes.integer("axis")), size_(attributes.integer("size")), expansion_(attributes) {}

  void run(Call& call) const {
    const Input& x = call.input(0, "x");
    const size_t axis = x.axisAt(axis_);
    const auto size = static_cast<size_t>(std::max(size_, int64_t{0}));
    const Source from = expansion_.of(call, x, axis, size, 1);
    float* const y = call.output(0, x.withUnits(axis, size));
    if (x.size() == 0) return;
    const size_t row = size * x.sizeOf(axis + 1, x.shape.size());
    const size_t all = x.sizeOf(0, axis) * row;
    // Rows may be few and long, or many and short.
    parallelRanges(all, all, kLongEnough, [&](size_t begin, size_t end) {
      for (size_t i = begin, count; i < end; i += count) {
        const size_t at = i % row;
        count = std::min(row - at, end - i);
        from.fill(i / row, at, count, y + i);
      }
    });
  }

 private:
  const int64_t axis_;
  const int64_t size_;
  const Expansion expansion_;
};

class TakeUnits {
 public:
  explicit TakeUnits(Attributes& attributes) : axis_(attributes.integer("axis")) {}

  void run(Call& call) const {
    const Input& x = call.input(0, "x");
    const size_t axis = x.axisAt(axis_);
    const size_t n = x.sizeOf(axis, axis + 1);
    const size_t inner = x.sizeOf(axis + 1, x.shape.size());
    const size_t outer = x.sizeOf(0, axis);
    const Units indices(call, 1, "indices", n);
    const size_t count = indices.count();
    float* const y = call.output(0, x.withUnits(axis, count));
    if (count <= n) {
      indices.check();
      for (size_t o = 0; o < outer; o++) take(x.data + o * n * inner, y + o * count * inner, indices, inner);
      return;
    }
    const Units inverse(call, 2, "inverse", count);
    inverse.check();
    if (inverse.count() != n) throw InvalidArgument("inverse must have one index for each unit of x");
    const size_t size = outer * count * inner;
    parallelRanges(size, size, kPage, [&](size_t begin, size_t end) { std::fill(y + begin, y + end, 0.0f); });
    for (size_t o = 0; o < outer; o++) put(x.data + o * n * inner, y + o * count * inner, inverse, inner);
  }

 private:
  static constexpr size_t kPage = 1024;

  const int64_t axis_;
};

// H(n) = H(n / chunk) kron H(chunk): a unit of the whole is a sum of one unit of the transform of each chunk, with signs.
class SelectedTransform {
 public:
  explicit SelectedTransform(Attributes& attributes)
      : axis_(attributes.integer("axis")), scale_(attributes.number("scale")), transposed_(attributes.flag("transposed")), expansion_(attributes) {}

  void run(Call& call) const {
    const Input& x = call.input(0, "x");
    const Input& signs = call.input(1, "signs");
    const size_t axis = x.axisAt(axis_);
    const size_t n = signs.size();
    const size_t inner = x.sizeOf(axis + 1, x.shape.size());
    const size_t outer = x.sizeOf(0, axis);
    if (n == 0 || (n & (n - 1)) != 0) throw InvalidArgument("signs must have a power of two of elements");
    const Units units(call, 2, "indices", n);
    units.check();
    if (transposed_ && x.sizeOf(axis, axis + 1) != units.count()) {
      throw InvalidArgument("axis " + std::to_string(axis_) + " of x does not fit, its shape is " + x.shapeText());
    }
    float* const y = call.output(0, x.withUnits(axis, transposed_ ? n : units.count()));
    if (outer * inner == 0) return;
    const Shape shape = {outer, n, inner, chunkFor(n, inner, units.count())};
    if (transposed_) return spread(x.data, y, signs.data, units, shape);
    const Source from = expansion_.of(call, x, axis, n, 3);
    if (shape.chunk == n) {
      wholeRows(from, y, signs.data, units, shape);
    } else {
      chunks(from, y, signs.data, units, shape);
    }
  }

 private:
  struct Shape {
    size_t outer;
    size_t n;
    size_t inner;
    size_t chunk;

    size_t chunksOfRow() const { return n / chunk; }
    size_t steps() const { return outer * chunksOfRow(); }
    size_t size() const { return outer * n * inner; }
  };

  // Values that stay in the nearest cache.
  static constexpr size_t kChunk = 4096;

  // Each chunk is read at every index: so the more indices, the fewer chunks.
  static size_t chunkFor(size_t n, size_t inner, size_t count) {
    size_t chunk = kChunk;
    while (chunk < 4 * count) chunk *= 2;
    return inner > 1 || chunk > n ? n : chunk;
  }

  // Rows are transformed as many at a time as other transforms do, for rows shorter than a vector need company.
  void wholeRows(const Source& from, float* y, const float* signs, const Units& units, const Shape& shape) const {
    const Row row = {shape.n, shape.inner};
    const size_t repeat = rowsAtATime(row.length(), shape.outer);
    const Periodic diagonal(signs, shape.n, shape.inner, repeat);
    const Fused fused = {scale_, diagonal.data()};
    parallelRanges(shape.outer, shape.size(), repeat, [&](size_t begin, size_t end) {
      Floats z(repeat * row.length());
      for (size_t o = begin; o < end; o += repeat) {
        const size_t count = std::min(repeat, end - o);
        loops().transform(from.rows(o, count, z.data()), z.data(), count * row.length(), row, fused);
        for (size_t r = 0; r < count; r++) {
          take(z.data() + r * row.length(), y + (o + r) * units.count() * shape.inner, units, shape.inner);
        }
      }
    });
  }

  void chunks(const Source& from, float* y, const float* signs, const Units& units, const Shape& shape) const {
    const size_t count = units.count();
    std::vector<float> parts(shape.steps() * count);
    parallelRanges(shape.steps(), shape.size(), 1, [&](size_t begin, size_t end) {
      Floats z(shape.chunk);
      for (size_t step = begin; step < end; step++) {
        const size_t start = step % shape.chunksOfRow() * shape.chunk;
        const float* const values = from.values(step / shape.chunksOfRow(), start, shape.chunk, z.data());
        loops().transform(values, z.data(), shape.chunk, {shape.chunk, 1}, {scale_, signs + start});
        for (size_t j = 0; j < count; j++) {
          const auto unit = static_cast<size_t>(units.data()[j]);
          const float value = z.data()[unit & (shape.chunk - 1)];
          parts[step * count + j] = isOdd(unit & start) ? -value : value;
        }
      }
    });
    // In order, so that the sums do not depend on the number of threads.
    std::vector<double> sums(count);
    for (size_t o = 0; o < shape.outer; o++) {
      std::fill(sums.begin(), sums.end(), 0.0);
      for (size_t c = 0; c < shape.chunksOfRow(); c++) {
        const float* const part = parts.data() + (o * shape.chunksOfRow() + c) * count;
        for (size_t j = 0; j < count; j++) sums[j] += part[j];
      }
      for (size_t j = 0; j < count; j++) y[o * count + j] = static_cast<float>(sums[j]);
    }
  }

  void spread(const float* x, float* y, const float* signs, const Units& units, const Shape& shape) const {
    const Row row = {shape.chunk, shape.inner};
    const size_t length = row.length();
    const size_t repeat = shape.chunk == shape.n ? rowsAtATime(length, shape.outer) : 1;
    const Periodic diagonal(signs, shape.n, shape.inner, repeat);
    const size_t count = units.count();
    parallelRanges(shape.steps(), shape.size(), repeat, [&](size_t begin, size_t end) {
      Floats z(repeat * length);
      for (size_t step = begin; step < end; step += repeat) {
        const size_t rows = std::min(repeat, end - step);
        const size_t start = step % shape.chunksOfRow() * shape.chunk;
        std::fill_n(z.data(), repeat * length, 0.0f);
        if (shape.chunk == shape.n) {
          for (size_t r = 0; r < rows; r++) {
            put(x + (step + r) * count * shape.inner, z.data() + r * length, units, shape.inner);
          }
        } else {
          const float* const own = x + step / shape.chunksOfRow() * count;
          for (size_t j = 0; j < count; j++) {
            const auto unit = static_cast<size_t>(units.data()[j]);
            z.data()[unit & (shape.chunk - 1)] += isOdd(unit & start) ? -own[j] : own[j];
          }
        }
        const Fused fused = {scale_, nullptr, diagonal.data() + start};
        loops().transform(z.data(), y + step * length, rows * length, row, fused);
      }
    });
  }

  static bool isOdd(size_t bits) { return __builtin_parityll(bits); }

  const int64_t axis_;
  const float scale_;
  const bool transposed_;
  const Expansion expansion_;
};

}  // namespace

void registerSelection() {
  registerOp<ExpandUnits>({"ExpandUnits", {"x", "offset"}, {"y"}, {"axis: int", "size: int", "tiled: bool", "moved: int"}});
  registerOp<TakeUnits>({"TakeUnits", {"x", "indices: int32", "inverse: int32"}, {"y"}, {"axis: int"}});
  registerOp<SelectedTransform>({"SelectedWalshHadamard",
                                 {"x", "signs", "indices: int32", "offset"},
                                 {"y"},
                                 {"axis: int", "scale: float", "transposed: bool", "tiled: bool", "moved: int"}});
}

}  // namespace piecewise
