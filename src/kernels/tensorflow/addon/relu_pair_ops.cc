// ReLUPair, ReLUPairGradient and ReLUPairSlopes of x, seen as [outer, units, inner].
#include "pair_sums.h"
#include "register.h"

namespace piecewise {
namespace {

// From this length on, the neighbours that share their slopes are loops of their own.
constexpr size_t kLongInner = 256;

bool hasLongInner(Row row) { return row.n > 1 && row.inner >= kLongInner; }

// The slopes of one unit, for kLongInner neighbours.
struct OwnSlopes {
  float negative[kLongInner];
  float positive[kLongInner];

  OwnSlopes(float below, float above) {
    std::fill_n(negative, kLongInner, below);
    std::fill_n(positive, kLongInner, above);
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
    const Input& x = call.input(0, "x");
    const Plan plan = planFor(x);
    const float* const below = slopes(call, 1, "negative").data;
    const float* const above = slopes(call, 2, "positive").data;
    float* const y = call.output(0, x.shape);
    if (plan.size() == 0) return;
    if (hasLongInner(plan.row)) return longInner(x.data, below, above, y, plan);
    const Periodic negative(below, plan);
    const Periodic positive(above, plan);
    parallelRanges(plan.size(), plan.size(), kLongEnough, [&](size_t begin, size_t end) {
      for (size_t i = begin, next; i < end; i = next) {
        const size_t at = i % plan.step();
        next = std::min(end, i - at + plan.step());
        loops().reluPair(x.data + i, negative.data() + at, positive.data() + at, y + i, next - i);
      }
    });
  }

 protected:
  Plan planFor(const Input& x) const {
    const auto block = static_cast<size_t>(units_ * inner_);
    if (units_ < 0 || inner_ < 0 || (block == 0 ? x.size() != 0 : x.size() % block != 0)) {
      throw InvalidArgument("x must be a whole number of blocks of units * inner = " + std::to_string(units_) + " * " +
                            std::to_string(inner_) + " elements, but received shape " + x.shapeText());
    }
    const auto units = static_cast<size_t>(units_);
    if (block == 0) return Plan({units, 1}, 0);
    // One pair of slopes for all is a row of one unit, whatever the shape.
    const Row row = {units, units == 1 ? 1 : static_cast<size_t>(inner_)};
    return Plan(row, x.size() / row.length());
  }

  const Input& slopes(Call& call, int index, const char* name) const {
    const Input& slopes = call.input(index, name);
    if (slopes.size() != static_cast<size_t>(units_)) {
      throw InvalidArgument(slopes.name + " must have " + std::to_string(units_) +
                            " elements, one for each unit, but received shape " + slopes.shapeText());
    }
    return slopes;
  }

  // dx as large as x, and the sums; or these alone, without dx and slopes.
  void differentiate(const PairGradient& all, const Plan& plan) const {
    if (plan.size() == 0) {
      std::fill_n(all.dnegative, plan.row.n, 0.0f);
      std::fill_n(all.dpositive, plan.row.n, 0.0f);
      return;
    }
    if (hasLongInner(plan.row)) return longInner(all, plan);
    const Periodic negative(all.negative, plan);
    const Periodic positive(all.positive, plan);
    PairGradient rows = all;
    rows.negative = negative.data();
    rows.positive = positive.data();
    if (isFewRows(plan)) return columns(rows, plan);
    manyRows(rows, plan, [&](size_t start, size_t count, const PairDerivative& derivative) {
      loops().pairDerivative(all.z + start, all.dz ? all.dz + start : nullptr, derivative, count);
    });
  }

 private:
  static void longInner(const float* x, const float* negative, const float* positive, float* y, const Plan& plan) {
    const Row row = plan.row;
    parallelRanges(plan.outer * row.n, plan.size(), 1, [&](size_t begin, size_t end) {
      for (size_t segment = begin; segment < end; segment++) {
        const OwnSlopes slopes(negative[segment % row.n], positive[segment % row.n]);
        stretches(segment * row.inner, row.inner, [&](size_t at, size_t count) {
          loops().reluPair(x + at, slopes.negative, slopes.positive, y + at, count);
        });
      }
    });
  }

  static void longInner(const PairGradient& all, const Plan& plan) {
    const Row row = plan.row;
    parallelRanges(row.n, plan.size(), 1, [&](size_t begin, size_t end) {
      for (size_t unit = begin; unit < end; unit++) {
        const OwnSlopes slopes(all.dz ? all.negative[unit] : 0, all.dz ? all.positive[unit] : 0);
        double totals[2][kLongInner] = {};
        PairSums sums(kLongInner, kGroup, totals[0]);
        for (size_t start = unit * row.inner; start < plan.size(); start += row.length()) {
          stretches(start, row.inner, [&](size_t at, size_t count) {
            const PairDerivative derivative = sums.derivative(all.dy + at, slopes.negative, slopes.positive);
            loops().pairDerivative(all.z + at, all.dz ? all.dz + at : nullptr, derivative, count);
          });
        }
        sums.flush();
        fold(totals[0], 1, 1, kLongInner, all.dnegative + unit);
        fold(totals[1], 1, 1, kLongInner, all.dpositive + unit);
      }
    });
  }

  // Few rows, some columns of all of them at a time.
  static void columns(const PairGradient& all, const Plan& plan) {
    const size_t length = plan.row.length();
    const RowSums sums(all, plan);
    parallelRanges(length, plan.size(), kLongEnough, [&](size_t begin, size_t end) {
      for (size_t c = begin; c < end; c += kLongEnough) {
        const size_t count = std::min(kLongEnough, end - c);
        for (size_t i = c; i < plan.size(); i += length) {
          loops().pairDerivative(all.z + i, all.dz ? all.dz + i : nullptr, sums.derivative(i - c, c), count);
        }
      }
    });
    sums.finish();
  }

  const int64_t units_;
  const int64_t inner_;
};

class PairDerivatives : public Pair {
 public:
  using Pair::Pair;

  void run(Call& call) const {
    const Input& x = call.input(0, "x");
    const Plan plan = planFor(x);
    const Input& negative = slopes(call, 1, "negative");
    const Input& positive = slopes(call, 2, "positive");
    const Input& dy = call.input(3, "dy");
    if (dy.size() != x.size()) dy.requireShape(x.shape);
    differentiate({x.data, dy.data, negative.data, positive.data, call.output(0, x.shape), call.output(1, negative.shape),
                   call.output(2, positive.shape)},
                  plan);
  }
};

// Those by the slopes alone.
class PairSlopes : public Pair {
 public:
  using Pair::Pair;

  void run(Call& call) const {
    const Input& x = call.input(0, "x");
    const Plan plan = planFor(x);
    const Input& dy = call.input(1, "dy");
    if (dy.size() != x.size()) dy.requireShape(x.shape);
    const auto units = static_cast<int64_t>(plan.row.n);
    differentiate({x.data, dy.data, nullptr, nullptr, nullptr, call.output(0, {units}), call.output(1, {units})}, plan);
  }
};

}  // namespace

void registerReluPair() {
  const std::initializer_list<const char*> attributes = {"units: int", "inner: int"};
  registerOp<Pair>({"ReLUPair", {"x", "negative", "positive"}, {"y"}, attributes});
  registerOp<PairDerivatives>(
      {"ReLUPairGradient", {"x", "negative", "positive", "dy"}, {"dx", "dnegative", "dpositive"}, attributes});
  registerOp<PairSlopes>({"ReLUPairSlopes", {"x", "dy"}, {"dnegative", "dpositive"}, attributes});
}

}  // namespace piecewise
