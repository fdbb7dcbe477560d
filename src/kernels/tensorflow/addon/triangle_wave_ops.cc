// TriangleWave and TriangleWaveGradient of x [..., channels], peaks and scales [channels, depth].
#include <algorithm>

#include "loops.h"
#include "periodic.h"
#include "register.h"
#include "sums.h"
#include "threads.h"

namespace piecewise {
namespace {

struct Inputs {
  const Input& x;
  const Input& peaks;
  const Input& scales;
  size_t channels;
  size_t depth;
  size_t repeat;  // rows in a period

  size_t period() const { return repeat * channels; }
};

// The parameters of one level for one period after the other: see Waves.
std::vector<float> levelsOf(const Inputs& inputs) {
  const size_t period = inputs.period();
  std::vector<float> levels(4 * inputs.depth * period);
  for (size_t i = 0; i < inputs.depth; i++) {
    float* const level = levels.data() + 4 * i * period;
    for (size_t k = 0; k < period; k++) {
      const size_t from = k % inputs.channels * inputs.depth + i;
      const float peak = inputs.peaks.data[from];
      level[k] = peak;
      level[k + period] = 1 / peak;
      level[k + 2 * period] = 1 / (1 - peak);
      level[k + 3 * period] = inputs.scales.data[from];
    }
  }
  return levels;
}

class Wave {
 public:
  explicit Wave(Attributes&) {}

  void run(Call& call) const {
    const Inputs inputs = read(call);
    const size_t size = inputs.x.size();
    float* const y = call.output(0, inputs.x.shape);
    if (size == 0) return;
    const std::vector<float> levels = levelsOf(inputs);
    const Waves waves = {levels.data(), inputs.depth, inputs.period()};
    const size_t steps = (size + waves.period - 1) / waves.period;
    parallelRanges(steps, size * inputs.depth, 1, [&](size_t begin, size_t end) {
      for (size_t step = begin; step < end; step++) {
        pieces(step, size, waves.period, [&](size_t start, size_t at, size_t count) {
          loops().triangleWave(inputs.x.data + start, y + start, waves, at, count);
        });
      }
    });
  }

 protected:
  static Inputs read(Call& call) {
    const Input& x = call.input(0, "x");
    const Input& peaks = call.input(1, "peaks");
    const Input& scales = call.input(2, "scales");
    if (x.shape.empty() || peaks.shape.size() != 2 || peaks.shape[0] != x.shape.back() || peaks.shape[1] < 1) {
      throw InvalidArgument("peaks must have shape [channels, depth] for x [..., channels], but received shapes " +
                            peaks.shapeText() + " and " + x.shapeText());
    }
    scales.requireShape(peaks.shape);
    const auto channels = static_cast<size_t>(peaks.shape[0]);
    const auto depth = static_cast<size_t>(peaks.shape[1]);
    return {x, peaks, scales, channels, depth, x.size() == 0 ? 1 : rowsAtATime(channels, x.size() / channels)};
  }

  // Calls work(start, at, count) for the pieces of a period, as long as the loops take them.
  template <class Work>
  static void pieces(size_t step, size_t size, size_t period, const Work& work) {
    const size_t start = step * period;
    const size_t count = std::min(period, size - start);
    for (size_t at = 0; at < count; at += kWaveStep) work(start + at, at, std::min(kWaveStep, count - at));
  }
};

class WaveGradient : public Wave {
 public:
  using Wave::Wave;

  void run(Call& call) const {
    const Inputs inputs = read(call);
    const Input& dy = call.input(3, "dy");
    dy.requireShape(inputs.x.shape);
    float* const dx = call.output(0, inputs.x.shape);
    float* const dpeaks = call.output(1, inputs.peaks.shape);
    float* const dscales = call.output(2, inputs.peaks.shape);
    const size_t size = inputs.x.size();
    if (size == 0) {
      std::fill_n(dpeaks, inputs.peaks.size(), 0.0f);
      std::fill_n(dscales, inputs.peaks.size(), 0.0f);
      return;
    }
    const std::vector<float> levels = levelsOf(inputs);
    const Waves waves = {levels.data(), inputs.depth, inputs.period()};
    const size_t width = inputs.depth * waves.period;
    Sums sums(2 * width, (size + waves.period - 1) / waves.period);
    const size_t scratchSize = (inputs.depth + 1) * kWaveStep;
    std::vector<float> scratch(scratchSize * sums.blocks());
    const double* const totals = sums.run(size * inputs.depth, [&](size_t step, size_t block, double* own) {
      pieces(step, size, waves.period, [&](size_t start, size_t at, size_t count) {
        const WaveSums out = {dx + start, own, own + width, scratch.data() + block * scratchSize};
        loops().triangleWaveGradient(inputs.x.data + start, dy.data + start, waves, out, at, count);
      });
    });
    write(totals, inputs, dpeaks);
    write(totals + width, inputs, dscales);
  }

 private:
  // From sums [depth, repeat, channels] to [channels, depth].
  static void write(const double* sums, const Inputs& inputs, float* totals) {
    std::vector<float> level(inputs.channels);
    for (size_t i = 0; i < inputs.depth; i++) {
      fold(sums + i * inputs.period(), inputs.repeat, inputs.channels, 1, level.data());
      for (size_t c = 0; c < inputs.channels; c++) totals[c * inputs.depth + i] = level[c];
    }
  }
};

}  // namespace

void registerTriangleWave() {
  registerOp<Wave>({"TriangleWave", {"x", "peaks", "scales"}, {"y"}, {}});
  registerOp<WaveGradient>(
      {"TriangleWaveGradient", {"x", "peaks", "scales", "dy"}, {"dx", "dpeaks", "dscales"}, {}});
}

}  // namespace piecewise
