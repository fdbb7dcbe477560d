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

std::vector<int64_t> withUnits(std::vector<int64_t> shape, size_t axis, size_t count) {
  shape[axis] = static_cast<int64_t>(count);
  return shape;
}

size_t axisOf(const Input& x, int64_t axis) {
  if (axis < 0 || axis >= static_cast<int64_t>(x.shape.size())) {
    throw InvalidArgument("axis must be from 0 to rank - 1 of x, but received axis " + std::to_string(axis) +
                          " and shape " + x.shapeText());
  }
  return static_cast<size_t>(axis);
}

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
      : axis_(attributes.integer("axis")),
        size_(attributes.integer("size")),
        tiled_(attributes.flag("tiled")),
        moved_(attributes.integer("moved")) {}

  void run(Call& call) const {
    const Input& x = call.input(0, "x");
    const size_t axis = axisOf(x, axis_);
    const size_t inner = x.sizeOf(axis + 1, x.shape.size());
    const size_t from = x.sizeOf(axis, axis + 1) * inner;
    const Input& offset = call.input(1, "offset");
    // Any tensor stands for no offset.
    if (moved_ > 0) offset.requireShape({moved_});
    if (moved_ > size_) throw InvalidArgument("offset must be of at most size numbers");
    const size_t moved = static_cast<size_t>(moved_) * inner;
    if (size_ < x.shape[axis]) throw InvalidArgument("size must be at least that of the axis");
    const size_t to = static_cast<size_t>(size_) * inner;
    float* const y = call.output(0, withUnits(x.shape, axis, static_cast<size_t>(size_)));
    if (x.size() == 0) return;
    const size_t all = x.size() / from * to;
    // Rows may be few and long, or many and short.
    parallelRanges(all, all, kLongEnough, [&](size_t begin, size_t end) {
      for (size_t i = begin, next; i < end; i = next) {
        const size_t row = i / to;
        const size_t at = i - row * to;
        const bool isZero = !tiled_ && at >= from;
        const size_t stop = isZero ? to : std::min(to, at / from * from + from);
        next = std::min(end, row * to + stop);
        if (isZero) {
          std::fill(y + i, y + next, 0.0f);
        } else {
          std::memcpy(y + i, x.data + row * from + at % from, (next - i) * sizeof(float));
        }
        for (size_t j = at; j < std::min(at + (next - i), moved); j++) y[row * to + j] += offset.data[j / inner];
      }
    });
  }

 private:
  const int64_t axis_;
  const int64_t size_;
  const bool tiled_;
  const int64_t moved_;
};

class TakeUnits {
 public:
  explicit TakeUnits(Attributes& attributes) : axis_(attributes.integer("axis")) {}

  void run(Call& call) const {
    const Input& x = call.input(0, "x");
    const size_t axis = axisOf(x, axis_);
    const size_t n = x.sizeOf(axis, axis + 1);
    const size_t inner = x.sizeOf(axis + 1, x.shape.size());
    const size_t outer = x.sizeOf(0, axis);
    const Units indices(call, 1, "indices", n);
    const size_t count = indices.count();
    float* const y = call.output(0, withUnits(x.shape, axis, count));
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
      : axis_(attributes.integer("axis")), scale_(attributes.number("scale")), transposed_(attributes.flag("transposed")) {}

  void run(Call& call) const {
    const Input& x = call.input(0, "x");
    const Input& signs = call.input(1, "signs");
    const size_t axis = axisOf(x, axis_);
    const size_t n = signs.size();
    const size_t inner = x.sizeOf(axis + 1, x.shape.size());
    const size_t outer = x.sizeOf(0, axis);
    if (n == 0 || (n & (n - 1)) != 0) throw InvalidArgument("signs must have a power of two of elements");
    const Units units(call, 2, "indices", n);
    units.check();
    const size_t length = x.sizeOf(axis, axis + 1);
    if (length != (transposed_ ? units.count() : n)) {
      throw InvalidArgument("axis " + std::to_string(axis_) + " of x does not fit, its shape is " + x.shapeText());
    }
    float* const y = call.output(0, withUnits(x.shape, axis, transposed_ ? n : units.count()));
    if (outer * inner == 0) return;
    const Shape shape = {outer, n, inner, chunkFor(n, inner, units.count())};
    if (transposed_) {
      spread(x.data, y, signs.data, units, shape);
    } else if (shape.chunk == n) {
      wholeRows(x.data, y, signs.data, units, shape);
    } else {
      chunks(x.data, y, signs.data, units, shape);
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
  void wholeRows(const float* x, float* y, const float* signs, const Units& units, const Shape& shape) const {
    const Row row = {shape.n, shape.inner};
    const size_t repeat = rowsAtATime(row.length(), shape.outer);
    const Periodic diagonal(signs, shape.n, shape.inner, repeat);
    const Fused fused = {scale_, diagonal.data(), nullptr, nullptr, nullptr};
    parallelRanges(shape.outer, shape.size(), repeat, [&](size_t begin, size_t end) {
      std::vector<float> z(repeat * row.length());
      for (size_t o = begin; o < end; o += repeat) {
        const size_t count = std::min(repeat, end - o);
        loops().transform(x + o * row.length(), z.data(), count * row.length(), row, fused);
        for (size_t r = 0; r < count; r++) {
          take(z.data() + r * row.length(), y + (o + r) * units.count() * shape.inner, units, shape.inner);
        }
      }
    });
  }

  void chunks(const float* x, float* y, const float* signs, const Units& units, const Shape& shape) const {
    const size_t count = units.count();
    std::vector<float> parts(shape.steps() * count);
    parallelRanges(shape.steps(), shape.size(), 1, [&](size_t begin, size_t end) {
      std::vector<float> z(shape.chunk);
      for (size_t step = begin; step < end; step++) {
        const size_t start = step % shape.chunksOfRow() * shape.chunk;
        const Fused fused = {scale_, signs + start, nullptr, nullptr, nullptr};
        loops().transform(x + step * shape.chunk, z.data(), shape.chunk, {shape.chunk, 1}, fused);
        for (size_t j = 0; j < count; j++) {
          const auto unit = static_cast<size_t>(units.data()[j]);
          const float value = z[unit & (shape.chunk - 1)];
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
      std::vector<float> z(repeat * length);
      for (size_t step = begin; step < end; step += repeat) {
        const size_t rows = std::min(repeat, end - step);
        const size_t start = step % shape.chunksOfRow() * shape.chunk;
        std::fill(z.begin(), z.end(), 0.0f);
        if (shape.chunk == shape.n) {
          for (size_t r = 0; r < rows; r++) {
            put(x + (step + r) * count * shape.inner, z.data() + r * length, units, shape.inner);
          }
        } else {
          const float* const own = x + step / shape.chunksOfRow() * count;
          for (size_t j = 0; j < count; j++) {
            const auto unit = static_cast<size_t>(units.data()[j]);
            z[unit & (shape.chunk - 1)] += isOdd(unit & start) ? -own[j] : own[j];
          }
        }
        const Fused fused = {scale_, nullptr, diagonal.data() + start, nullptr, nullptr};
        loops().transform(z.data(), y + step * length, rows * length, row, fused);
      }
    });
  }

  static bool isOdd(size_t bits) { return __builtin_parityll(bits); }

  const int64_t axis_;
  const float scale_;
  const bool transposed_;
};

}  // namespace

void registerSelection() {
  registerOp<ExpandUnits>({"ExpandUnits", {"x", "offset"}, {"y"}, {"axis: int", "size: int", "tiled: bool", "moved: int"}});
  registerOp<TakeUnits>({"TakeUnits", {"x", "indices: int32", "inverse: int32"}, {"y"}, {"axis: int"}});
  registerOp<SelectedTransform>({"SelectedWalshHadamard",
                                 {"x", "signs", "indices: int32"},
                                 {"y"},
                                 {"axis: int", "scale: float", "transposed: bool"}});
}

}  // namespace piecewise
