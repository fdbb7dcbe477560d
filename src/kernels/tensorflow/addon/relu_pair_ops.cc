// ReLUPair and ReLUPairGradient of x, seen as [outer, units, inner].
#include "loops.h"
#include "periodic.h"
#include "register.h"
#include "sums.h"
#include "threads.h"

namespace piecewise {
namespace {

// From this length on, the neighbours that share their slopes are loops of their own.
constexpr size_t kLongInner = 256;

struct Inputs {
  const Input& x;
  const Input& negative;
  const Input& positive;
  size_t units;
  size_t inner;

  size_t rows() const { return x.size() / (units * inner); }
  bool hasLongInner() const { return units > 1 && inner >= kLongInner; }
};

// The slopes of one unit, for kLongInner neighbours.
struct OwnSlopes {
  float negative[kLongInner];
  float positive[kLongInner];

  OwnSlopes(const Inputs& inputs, size_t unit) {
    std::fill_n(negative, kLongInner, inputs.negative.data[unit]);
    std::fill_n(positive, kLongInner, inputs.positive.data[unit]);
  }
};

// Calls work(at, count) for stretches of the neighbours from `start` on.
template <class Work>
void stretches(size_t start, size_t inner, const Work& work) {
  for (size_t c = 0; c < inner; c += kLongInner) work(start + c, std::min(kLongInner, inner - c));
}

class Pair {
 public:
  explicit Pair(Attributes& attributes) : units_(attributes.integer("units")), inner_(attributes.integer("inner")) {}

  void run(Call& call) const {
    const Inputs inputs = read(call);
    float* const y = call.output(0, inputs.x.shape);
    if (inputs.x.size() == 0) return;
    if (inputs.hasLongInner()) return longInner(inputs, y);
    const size_t row = inputs.units * inputs.inner;
    const size_t repeat = rowsAtATime(row, inputs.rows());
    const Periodic negative(inputs.negative.data, inputs.units, inputs.inner, repeat);
    const Periodic positive(inputs.positive.data, inputs.units, inputs.inner, repeat);
    const size_t step = repeat * row;
    const size_t size = inputs.x.size();
    parallelRanges(size, size, kLongEnough, [&](size_t begin, size_t end) {
      for (size_t i = begin, next; i < end; i = next) {
        const size_t at = i % step;
        next = std::min(end, i - at + step);
        loops().reluPair(inputs.x.data + i, negative.data() + at, positive.data() + at, y + i, next - i);
      }
    });
  }

 protected:
  Inputs read(Call& call) const {
    const Input& x = call.input(0, "x");
    const Input& negative = call.input(1, "negative");
    const Input& positive = call.input(2, "positive");
    const auto block = static_cast<size_t>(units_ * inner_);
    if (units_ < 0 || inner_ < 0 || (block == 0 ? x.size() != 0 : x.size() % block != 0)) {
      throw InvalidArgument("x must be a whole number of blocks of units * inner = " + std::to_string(units_) + " * " +
                            std::to_string(inner_) + " elements, but received shape " + x.shapeText());
    }
    for (const Input* slopes : {&negative, &positive}) {
      if (slopes->size() != static_cast<size_t>(units_)) {
        throw InvalidArgument(slopes->name + " must have " + std::to_string(units_) +
                              " elements, one for each unit, but received shape " + slopes->shapeText());
      }
    }
    // One pair of slopes for all is a row of one unit, whatever the shape.
    const bool one = units_ == 1 && x.size() > 0;
    return {x, negative, positive, static_cast<size_t>(units_), one ? 1 : static_cast<size_t>(inner_)};
  }

 private:
  static void longInner(const Inputs& inputs, float* y) {
    const size_t segments = inputs.rows() * inputs.units;
    parallelRanges(segments, inputs.x.size(), 1, [&](size_t begin, size_t end) {
      for (size_t segment = begin; segment < end; segment++) {
        const OwnSlopes slopes(inputs, segment % inputs.units);
        stretches(segment * inputs.inner, inputs.inner, [&](size_t at, size_t count) {
          loops().reluPair(inputs.x.data + at, slopes.negative, slopes.positive, y + at, count);
        });
      }
    });
  }

  const int64_t units_;
  const int64_t inner_;
};

struct Outputs {
  float* dx;
  float* dnegative;
  float* dpositive;
};

class PairGradient : public Pair {
 public:
  using Pair::Pair;

  void run(Call& call) const {
    const Inputs inputs = read(call);
    const Input& dy = call.input(3, "dy");
    if (dy.size() != inputs.x.size()) dy.requireShape(inputs.x.shape);
    const Outputs out = {call.output(0, inputs.x.shape), call.output(1, inputs.negative.shape),
                         call.output(2, inputs.positive.shape)};
    if (inputs.x.size() == 0) {
      std::fill_n(out.dnegative, inputs.units, 0.0f);
      std::fill_n(out.dpositive, inputs.units, 0.0f);
    } else if (inputs.hasLongInner()) {
      longInner(inputs, dy.data, out);
    } else if (inputs.units * inputs.inner >= kLongRow && inputs.rows() < kFewRows) {
      rowByRow(inputs, dy.data, out);
    } else {
      shortInner(inputs, dy.data, out);
    }
  }

 private:
  static void shortInner(const Inputs& inputs, const float* dy, const Outputs& out) {
    const size_t row = inputs.units * inputs.inner;
    const size_t size = inputs.x.size();
    const size_t repeat = rowsAtATime(row, inputs.rows());
    const Periodic negative(inputs.negative.data, inputs.units, inputs.inner, repeat);
    const Periodic positive(inputs.positive.data, inputs.units, inputs.inner, repeat);
    const size_t step = repeat * row;
    Sums sums(2 * step, (size + step - 1) / step, size);
    const double* const totals = sums.run([&](size_t i, size_t, double* own) {
      const size_t start = i * step;
      loops().reluPairGradient(inputs.x.data + start, dy + start, negative.data(), positive.data(),
                               {out.dx + start, own, own + step}, std::min(step, size - start));
    });
    fold(totals, repeat, inputs.units, inputs.inner, out.dnegative);
    fold(totals + step, repeat, inputs.units, inputs.inner, out.dpositive);
  }

  // Few rows, some units of all of them at a time.
  static void rowByRow(const Inputs& inputs, const float* dy, const Outputs& out) {
    const size_t inner = inputs.inner;
    const size_t row = inputs.units * inner;
    const Periodic negative(inputs.negative.data, inputs.units, inner, 1);
    const Periodic positive(inputs.positive.data, inputs.units, inner, 1);
    const size_t step = std::max(kLongEnough / inner, size_t{1});
    parallelRanges(inputs.units, inputs.x.size(), step, [&](size_t begin, size_t end) {
      std::vector<double> sums(2 * step * inner);
      for (size_t unit = begin; unit < end; unit += step) {
        const size_t units = std::min(step, end - unit);
        const size_t first = unit * inner;
        const size_t count = units * inner;
        std::fill(sums.begin(), sums.end(), 0.0);
        for (size_t i = first; i < inputs.x.size(); i += row) {
          loops().reluPairGradient(inputs.x.data + i, dy + i, negative.data() + first, positive.data() + first,
                                   {out.dx + i, sums.data(), sums.data() + count}, count);
        }
        fold(sums.data(), 1, units, inner, out.dnegative + unit);
        fold(sums.data() + count, 1, units, inner, out.dpositive + unit);
      }
    });
  }

  static void longInner(const Inputs& inputs, const float* dy, const Outputs& out) {
    parallelRanges(inputs.units, inputs.x.size(), 1, [&](size_t begin, size_t end) {
      for (size_t unit = begin; unit < end; unit++) {
        const OwnSlopes slopes(inputs, unit);
        double sums[2][kLongInner] = {};
        for (size_t row = 0; row < inputs.rows(); row++) {
          stretches((row * inputs.units + unit) * inputs.inner, inputs.inner, [&](size_t at, size_t count) {
            loops().reluPairGradient(inputs.x.data + at, dy + at, slopes.negative, slopes.positive,
                                     {out.dx + at, sums[0], sums[1]}, count);
          });
        }
        fold(sums[0], 1, 1, kLongInner, out.dnegative + unit);
        fold(sums[1], 1, 1, kLongInner, out.dpositive + unit);
      }
    });
  }
};

}  // namespace

void registerReluPair() {
  registerOp<Pair>({"ReLUPair", {"x", "negative", "positive"}, {"y"}, {"units: int", "inner: int"}});
  registerOp<PairGradient>({"ReLUPairGradient",
                            {"x", "negative", "positive", "dy"},
                            {"dx", "dnegative", "dpositive"},
                            {"units: int", "inner: int"}});
}

}  // namespace piecewise
