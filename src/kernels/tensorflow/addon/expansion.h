// An axis of x that becomes longer as it is read: by its own units again from the first on, or else by zeros. An offset is added to
// the first units.
#pragma once
#include "plan.h"
#include "register.h"

namespace piecewise {

// The rows of x along its axis, as long as they are to be.
class Source {
 public:
  // `units` of x become `size`; an offset moves the first `moved` of these.
  struct Axis {
    size_t units;
    size_t size;
    size_t inner;
    bool tiled;
    size_t moved;
  };

  // As they are.
  Source(const float* x, const Plan& plan) : Source(x, {plan.row.n, plan.row.n, plan.row.inner, false, 0}, nullptr) {}
  Source(const float* x, Axis axis, const float* offset) : x_(x), axis_(axis), offset_(offset) {}

  bool isWhole() const { return axis_.units == axis_.size && axis_.moved == 0; }

  // `count` values of a row from the place `at` on: where they are, or else written to `to`.
  const float* values(size_t row, size_t at, size_t count, float* to) const {
    if (isWhole()) return x_ + row * length() + at;
    fill(row, at, count, to);
    return to;
  }

  // Of `count` rows all values.
  const float* rows(size_t first, size_t count, float* to) const {
    if (isWhole()) return x_ + first * length();
    for (size_t r = 0; r < count; r++) fill(first + r, 0, length(), to + r * length());
    return to;
  }

  void fill(size_t row, size_t at, size_t count, float* to) const;

 private:
  size_t length() const { return axis_.size * axis_.inner; }

  const float* const x_;
  const Axis axis_;
  const float* const offset_;
};

// The attributes of an op that say how.
class Expansion {
 public:
  explicit Expansion(Attributes& attributes) : tiled_(attributes.flag("tiled")), moved_(attributes.integer("moved")) {}

  // x with `size` units; the input at `index` is the offset, or stands for none.
  Source of(Call& call, const Input& x, size_t axis, size_t size, int index) const;

 private:
  const bool tiled_;
  const int64_t moved_;
};

}  // namespace piecewise
