// The loops over numbers, compiled once for each instruction set. Each works on one thread; what calls them spreads the
// work over the cores.
#pragma once
#include <cstddef>

// Clang has no pragma for the instruction set of what follows.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define PIECEWISE_X86
#endif

namespace piecewise {

// A row of n * inner values, transformed along n.
struct Row {
  size_t n;
  size_t inner;
  size_t length() const { return n * inner; }
};

// The derivative of reluPair(z) where z is read: dy times the slopes. On the way dy z goes to the sums for the slopes, to which it is
// added, or `isFirst`. Each array has one value for each value that is read.
struct PairDerivative {
  const float* dy;
  const float* negative;
  const float* positive;
  float* dnegative;
  float* dpositive;
  bool isFirst;
};

// What is fused with a transform. Each array has one value for each value of the row, or is null.
struct Fused {
  float scale;
  const float* before = nullptr;                // diagonal multiplied into the input
  const float* after = nullptr;                 // diagonal multiplied into the output
  const float* negative = nullptr;              // slopes of the output, in place of `after`
  const float* positive = nullptr;
  const PairDerivative* derivative = nullptr;  // of the input, in place of `before`; of rows longer than any vector
};

// Columns that the first pass over long rows takes at most at once, where it has tiles: so many of some vectors stay in a near
// cache for all rows.
constexpr size_t kTileColumns = 256;

// Columns that the loops of the wave take at once, so that what lies between the levels stays in the nearest cache.
constexpr size_t kWaveStep = 256;

// The parameters of kWaveStep columns, one array after the other: for each level peaks, 1 / peaks, 1 / (1 - peaks) and
// scales.
struct Waves {
  const float* levels;
  size_t depth;
};

struct WaveSums {
  float* dx;
  double* peaks;   // [depth, kWaveStep], to which it adds
  double* scales;  // likewise
  float* scratch;  // (depth + 1) * kWaveStep
};

// A weight, its gradient and the moments of that, as long as each other.
struct AdamInputs {
  const float* weight;
  const float* gradient;
  const float* first;
  const float* second;
};

// share1 is 1 - beta1, rounded once.
struct AdamRates {
  float beta1, share1, beta2, share2, rate, epsilon, decay, rest;
};

struct AdamOutputs {
  float* weight;
  float* first;
  float* second;
};

// The longest vector of any instruction set, of which rows of b in a product are made up.
constexpr size_t kWidest = 16;

// c [rows, columns] = a b, plus `added` to each row unless that is null. a has any strides, so that it may be transposed; rows
// of b, and `added`, have zeros after their columns, up to `width`, a multiple of kWidest.
struct Product {
  const float* a;
  size_t rowStride;
  size_t stepStride;
  const float* b;
  const float* added;
  float* c;
  size_t steps;
  size_t columns;
  size_t width;
};

// Logits of a row and what each class should have of the probability, but for `smoothing`: see src/ops/softmax_cross_entropy.ts.
struct LabelledRow {
  const float* logits;
  const float* labels;
  size_t classes;
  double smoothing;
};

struct Loops {
  const char* name;
  // Transforms `count` values: whole rows, one after the other. `to` may be `from`.
  void (*transform)(const float* from, float* to, size_t count, Row row, const Fused& fused);
  // The same for one long row in two steps, in any order. It has `parts` parts that do not depend on each other: `acrossParts`
  // runs on a range of the columns 0 .. length / parts, at most kTileColumns where there are tiles, and `onePart` on each part.
  // With tiles the parts are more and shorter.
  size_t (*parts)(Row row, bool isTiled);
  void (*acrossParts)(const float* from, float* to, size_t begin, size_t end, Row row, size_t parts, const Fused& fused);
  void (*onePart)(const float* from, float* to, size_t part, Row row, size_t parts, const Fused& fused);

  void (*reluPair)(const float* x, const float* negative, const float* positive, float* y, size_t count);
  // To dz; where that is null the sums alone, and the slopes are not read.
  void (*pairDerivative)(const float* z, float* dz, const PairDerivative& all, size_t count);
  void (*addTo)(double* sums, const float* values, size_t count);

  // At most kWaveStep values.
  void (*triangleWave)(const float* x, float* y, Waves waves, size_t count);
  void (*triangleWaveGradient)(const float* x, const float* dy, Waves waves, WaveSums out, size_t count);
  void (*adamW)(AdamInputs in, AdamRates rates, AdamOutputs out, size_t count);
  double (*crossEntropy)(const LabelledRow& row);
  // The derivative by the logits, times dy.
  void (*crossEntropyGradient)(const LabelledRow& row, double dy, float* derivative);
  // The rows from begin to end.
  void (*product)(const Product& all, size_t begin, size_t end);
};

extern const Loops portableLoops;
extern const Loops avx2Loops;
extern const Loops avx512Loops;

// The fastest that this processor can run.
const Loops& loops();

}  // namespace piecewise
