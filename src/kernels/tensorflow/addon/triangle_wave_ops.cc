// TriangleWave and TriangleWaveGradient of x [..., channels], peaks and scales [channels, depth].
#include <algorithm>
#include <cstdint>
#include <vector>

#include "loops.h"
#include "register.h"
#include "threads.h"

namespace piecewise {
namespace {

struct Inputs {
  const Input& x;
  const Input& peaks;
  const Input& scales;
  size_t channels;
  size_t depth;
  size_t repeat;  // rows in a period, which is one chunk if there are several

  size_t period() const { return repeat * channels; }
};

// A period of columns is cut into chunks, and its repetitions into blocks: by the shape alone, so that the order of the
// sums does not depend on the number of threads. A tile is a block of a chunk.
class Tiles {
 public:
  explicit Tiles(const Inputs& inputs)
      : size_(inputs.x.size()),
        period_(inputs.period()),
        steps_((size_ + period_ - 1) / period_),
        chunks_((std::min(period_, size_) + kWaveStep - 1) / kWaveStep),
        blocks_(std::clamp(steps_ / 8, size_t{1}, std::max(size_t{1}, 32 / chunks_))) {}

  size_t chunks() const { return chunks_; }
  size_t blocks() const { return blocks_; }
  size_t count() const { return chunks_ * blocks_; }
  size_t column(size_t tile) const { return tile / blocks_ * kWaveStep; }
  size_t columns(size_t tile) const { return std::min(kWaveStep, period_ - column(tile)); }

  // Calls work(start, count) for the pieces of x in a tile.
  template <class Work>
  void pieces(size_t tile, const Work& work) const {
    const size_t block = tile % blocks_;
    for (size_t step = block * steps_ / blocks_; step < (block + 1) * steps_ / blocks_; step++) {
      const size_t start = step * period_ + column(tile);
      if (start < size_) work(start, std::min(columns(tile), size_ - start));
    }
  }

 private:
  const size_t size_;
  const size_t period_;
  const size_t steps_;
  const size_t chunks_;
  const size_t blocks_;
};

// The parameters of one chunk of columns after the other: see Waves. Columns that a chunk has not are left as they are.
class Levels {
 public:
  explicit Levels(const Inputs& inputs) : inputs_(inputs), values_(4 * inputs.depth * kWaveStep) {}

  Waves at(size_t column, size_t count) {
    if (column != column_) fill(column, count);
    column_ = column;
    return {values_.data(), inputs_.depth};
  }

 private:
  void fill(size_t column, size_t count) {
    const size_t depth = inputs_.depth;
    size_t channel = column % inputs_.channels;
    for (size_t k = 0; k < count; k++) {
      const float* const peaks = inputs_.peaks.data + channel * depth;
      const float* const scales = inputs_.scales.data + channel * depth;
      for (size_t i = 0; i < depth; i++) {
        float* const level = values_.data() + 4 * i * kWaveStep + k;
        level[0] = peaks[i];
        level[3 * kWaveStep] = scales[i];
      }
      if (++channel == inputs_.channels) channel = 0;
    }
    for (size_t i = 0; i < depth; i++) {
      float* const level = values_.data() + 4 * i * kWaveStep;
      for (size_t k = 0; k < count; k++) level[kWaveStep + k] = 1 / level[k];
      for (size_t k = 0; k < count; k++) level[2 * kWaveStep + k] = 1 / (1 - level[k]);
    }
  }

  const Inputs& inputs_;
  size_t column_ = SIZE_MAX;
  std::vector<float> values_;
};

class Wave {
 public:
  explicit Wave(Attributes&) {}

  void run(Call& call) const {
    const Inputs inputs = read(call);
    const size_t size = inputs.x.size();
    float* const y = call.output(0, inputs.x.shape);
    if (size == 0) return;
    const Tiles tiles(inputs);
    parallelRanges(tiles.count(), size * inputs.depth, 1, [&](size_t begin, size_t end) {
      Levels levels(inputs);
      for (size_t tile = begin; tile < end; tile++) {
        const Waves waves = levels.at(tiles.column(tile), tiles.columns(tile));
        tiles.pieces(tile, [&](size_t start, size_t count) {
          loops().triangleWave(inputs.x.data + start, y + start, waves, count);
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
    const size_t rows = x.size() == 0 ? 1 : x.size() / channels;
    return {x, peaks, scales, channels, depth, std::clamp(kWaveStep / std::max(channels, size_t{1}), size_t{1}, rows)};
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
    const Tiles tiles(inputs);
    const size_t width = inputs.depth * kWaveStep;
    // Sums for the peaks, then for the scales: those of each tile, if a chunk has several.
    const bool apart = tiles.blocks() > 1;
    std::vector<double> sums(apart ? 2 * width * tiles.count() : 0);
    parallelRanges(tiles.count(), size * inputs.depth, 1, [&](size_t begin, size_t end) {
      Levels levels(inputs);
      std::vector<float> scratch(width + kWaveStep);
      std::vector<double> own(apart ? 0 : 2 * width);
      for (size_t tile = begin; tile < end; tile++) {
        const Waves waves = levels.at(tiles.column(tile), tiles.columns(tile));
        double* const totals = apart ? sums.data() + 2 * width * tile : own.data();
        std::fill_n(totals, 2 * width, 0.0);
        tiles.pieces(tile, [&](size_t start, size_t count) {
          const WaveSums out = {dx + start, totals, totals + width, scratch.data()};
          loops().triangleWaveGradient(inputs.x.data + start, dy.data + start, waves, out, count);
        });
        if (!apart) write(totals, inputs, tiles, tile, dpeaks, dscales);
      }
    });
    if (!apart) return;
    for (size_t chunk = 0; chunk < tiles.chunks(); chunk++) {
      const size_t first = chunk * tiles.blocks();
      double* const totals = sums.data() + 2 * width * first;
      for (size_t block = 1; block < tiles.blocks(); block++) {
        for (size_t i = 0; i < 2 * width; i++) totals[i] += totals[2 * width * block + i];
      }
      write(totals, inputs, tiles, first, dpeaks, dscales);
    }
  }

 private:
  // The totals of the channels of a tile, from sums [depth, kWaveStep], to [channels, depth].
  static void write(const double* sums, const Inputs& inputs, const Tiles& tiles, size_t tile, float* dpeaks,
                    float* dscales) {
    const size_t depth = inputs.depth;
    const size_t channels = std::min(inputs.channels, tiles.columns(tile));
    for (size_t c = 0; c < channels; c++) {
      for (size_t i = 0; i < depth; i++) {
        const double* const own = sums + i * kWaveStep + c;
        const size_t to = (tiles.column(tile) + c) * depth + i;
        dpeaks[to] = total(own, inputs);
        dscales[to] = total(own + depth * kWaveStep, inputs);
      }
    }
  }

  static float total(const double* sums, const Inputs& inputs) {
    double total = sums[0];
    for (size_t r = 1; r < inputs.repeat; r++) total += sums[r * inputs.channels];
    return static_cast<float>(total);
  }
};

}  // namespace

void registerTriangleWave() {
  registerOp<Wave>({"TriangleWave", {"x", "peaks", "scales"}, {"y"}, {}});
  registerOp<WaveGradient>(
      {"TriangleWaveGradient", {"x", "peaks", "scales", "dy"}, {"dx", "dpeaks", "dscales"}, {}});
}

}  // namespace piecewise
