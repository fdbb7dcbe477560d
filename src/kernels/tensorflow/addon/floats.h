// Scratch for the loops: zeros where a cache line begins, for a vector across two lines takes twice as long.
#pragma once
#include <cstddef>
#include <vector>

namespace piecewise {

class Floats {
 public:
  explicit Floats(size_t size) : lines_((size + kLine - 1) / kLine) {}
  float* data() { return lines_.empty() ? nullptr : lines_.front().values; }
  const float* data() const { return lines_.empty() ? nullptr : lines_.front().values; }

 private:
  static constexpr size_t kLine = 16;
  struct alignas(64) Line {
    float values[kLine];
  };
  std::vector<Line> lines_;
};

}  // namespace piecewise
