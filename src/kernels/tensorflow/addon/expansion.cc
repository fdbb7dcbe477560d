#include "expansion.h"

#include <algorithm>

namespace piecewise {

void Source::fill(size_t row, size_t at, size_t count, float* to) const {
  const size_t period = axis_.units * axis_.inner;
  const float* const own = x_ + row * period;
  if (axis_.tiled) {
    // One period, which may begin anywhere in that of x, then what is there already, twice as much each time.
    size_t done = std::min(count, period);
    const size_t begin = at % period;
    const size_t first = std::min(done, period - begin);
    std::copy_n(own + begin, first, to);
    std::copy_n(own, done - first, to + first);
    for (size_t more; done < count; done += more) {
      more = std::min(done, count - done);
      std::copy_n(to, more, to + done);
    }
  } else {
    const size_t given = at < period ? std::min(count, period - at) : 0;
    std::copy_n(own + at, given, to);
    std::fill_n(to + given, count - given, 0.0f);
  }
  const size_t end = std::min(at + count, axis_.moved * axis_.inner);
  for (size_t i = at; i < end; i++) to[i - at] += offset_[i / axis_.inner];
}

Source Expansion::of(Call& call, const Input& x, size_t axis, size_t size, int index) const {
  const auto units = static_cast<size_t>(x.shape[axis]);
  if (units == 0 || units > size) {
    throw InvalidArgument("axis " + std::to_string(axis) + " of x must have from 1 to " + std::to_string(size) +
                          " elements, but received shape " + x.shapeText());
  }
  const Input& offset = call.input(index, "offset");
  if (moved_ > 0) offset.requireShape({moved_});
  if (moved_ < 0 || static_cast<size_t>(moved_) > size) {
    throw InvalidArgument("offset must have at most " + std::to_string(size) + " elements, but received shape " +
                          offset.shapeText());
  }
  const size_t inner = x.sizeOf(axis + 1, x.shape.size());
  return {x.data, {units, size, inner, tiled_, static_cast<size_t>(moved_)}, offset.data};
}

}  // namespace piecewise
