// WHTReLUPair and WHTReLUPairGradient: the transform and the slopes of each position of its axis.
#include <memory>

#include "register.h"
#include "sums.h"
#include "transform.h"

namespace piecewise {
namespace {

struct Inputs {
  const Input& x;
  Plan plan;
  Periodic signs;
  Periodic negative;
  Periodic positive;
  std::vector<int64_t> negativeShape;
  std::vector<int64_t> positiveShape;
};

class Block {
 public:
  explicit Block(Attributes& attributes) : axis_(attributes.integer("axis")), scale_(attributes.number("scale")) {}

  void run(Call& call) const {
    const Inputs inputs = read(call);
    float* const y = call.output(0, inputs.x.shape);
    const Fused fused = {scale_, inputs.signs.data(), nullptr, inputs.negative.data(), inputs.positive.data()};
    if (inputs.plan.size() > 0) transformAll(inputs.x.data, y, inputs.plan, fused);
  }

 protected:
  Inputs read(Call& call) const {
    const Input& x = call.input(0, "x");
    const Plan plan = planOf(x, axis_);
    // Slopes that positions of images share are [1, 1, n].
    const auto vector = [&](int index, const char* name) -> const Input& {
      const Input& values = call.input(index, name);
      if (values.size() != plan.row.n) values.requireShape({static_cast<int64_t>(plan.row.n)});
      return values;
    };
    const Input& signs = vector(1, "signs");
    const Input& negative = vector(2, "negative");
    const Input& positive = vector(3, "positive");
    return {x, plan, along(plan, signs), along(plan, negative), along(plan, positive), negative.shape, positive.shape};
  }

  const int64_t axis_;
  const float scale_;
};

// Steps that are taken together, so that their products are added in floats first: what they need stays in a near cache.
constexpr size_t kGroup = 4;
constexpr size_t kNear = size_t{1} << 15;

size_t groupOf(const Plan& plan) { return std::clamp(kNear / plan.step(), size_t{1}, kGroup); }

// Calls work(start, length) for each of `steps` steps from the one at `start` on; the last of all rows may be shorter.
template <class Work>
void eachStep(const Plan& plan, size_t start, size_t steps, const Work& work) {
  for (size_t i = 0; i < steps; i++, start += plan.step()) work(start, std::min(plan.step(), plan.size() - start));
}

// Of the steps at `start`, whose transforms are at z: the whole ones together, then what is left. dz may be null.
void slopesOfSteps(const PairRows& first, const Plan& plan, size_t start, size_t steps) {
  const size_t step = plan.step();
  const size_t whole = std::min(steps, (plan.size() - start) / step);
  PairRows rows = first;
  rows.length = step;
  rows.rows = whole;
  loops().pairRows(rows);
  if (whole == steps) return;
  rows.z += whole * step;
  rows.dy += whole * step;
  if (rows.dz) rows.dz += whole * step;
  rows.length = plan.size() - start - whole * step;
  rows.rows = 1;
  loops().pairRows(rows);
}

// Rows that `longRows` takes: those on all cores, and few of some length, whose sums in doubles would cost more. Of so few
// products floats are right sums.
bool isLong(const Plan& plan) {
  const size_t n = plan.row.n;
  if (plan.row.inner > 1) return false;
  return plan.rowByRow() || (n >= kLongEnough && plan.outer <= kFewRows && plan.size() < kSmall);
}

// What the rows are multiplied by.
struct Vectors {
  float scale;
  const float* signs;
  const float* negative;
  const float* positive;
};

// Rows [n], one after the other, each in three steps on all cores: the transforms of its eighths, the columns of these, and
// back. Without dx, the last step is left out. There are few rows: the sums are right in floats.
void longRows(const Vectors& vectors, const Input& x, const Plan& plan, const float* dy, float* dx, float* dnegative,
              float* dpositive) {
  const size_t n = plan.row.n;
  const size_t part = n / kPairParts;
  std::vector<float> own(dx ? 0 : n);
  const auto eighths = [&](const float* from, float* to, const float* before, const float* after) {
    parallelRanges(kPairParts, n, 1, [&](size_t begin, size_t end) {
      for (size_t at = begin * part; at < end * part; at += part) {
        const Fused fused = {vectors.scale, before ? before + at : nullptr, after ? after + at : nullptr, nullptr, nullptr};
        loops().transform(from + at, to + at, part, {part, 1}, fused);
      }
    });
  };
  for (size_t start = 0; start < plan.size(); start += n) {
    float* const z = dx ? dx + start : own.data();
    eighths(x.data + start, z, vectors.signs, nullptr);
    const PairColumns columns = {z,         dy + start, vectors.negative, vectors.positive, dx ? z : nullptr,
                                 dnegative, dpositive,  part,             start == 0};
    parallelRanges(part, n, kColumns, [&](size_t begin, size_t end) { loops().pairColumns(columns, begin, end); });
    if (dx) eighths(z, z, nullptr, vectors.signs);
  }
}

// All other rows, some steps at a time. Without dx, the transform back is left out.
void manyRows(const Vectors& vectors, const Input& x, const Plan& plan, const float* dy, float* dx, float* dnegative,
              float* dpositive) {
  const size_t step = plan.step();
  const size_t group = groupOf(plan);
  const Fused forward = {vectors.scale, vectors.signs, nullptr, nullptr, nullptr};
  const Fused backward = {vectors.scale, nullptr, vectors.signs, nullptr, nullptr};
  Sums sums(2 * step, (plan.size() + step - 1) / step, plan.size());
  const std::unique_ptr<float[]> transformed(new float[group * step * sums.blocks()]);
  const double* const totals = sums.run(group, [&](size_t i, size_t steps, size_t block, double* own) {
    const size_t first = i * step;
    float* const z = transformed.get() + block * group * step;
    eachStep(plan, first, steps, [&](size_t start, size_t count) {
      loops().transform(x.data + start, z + start - first, count, plan.row, forward);
    });
    slopesOfSteps({z, dy + first, vectors.negative, vectors.positive, dx ? z : nullptr, own, own + step, 0, 0}, plan, first,
                  steps);
    if (!dx) return;
    eachStep(plan, first, steps, [&](size_t start, size_t count) {
      loops().transform(z + start - first, dx + start, count, plan.row, backward);
    });
  });
  fold(totals, plan.repeat, plan.row.n, plan.row.inner, dnegative);
  fold(totals + step, plan.repeat, plan.row.n, plan.row.inner, dpositive);
}

class BlockGradient : public Block {
 public:
  using Block::Block;

  void run(Call& call) const {
    const Inputs inputs = read(call);
    const Input& dy = call.input(4, "dy");
    if (dy.size() != inputs.x.size()) dy.requireShape(inputs.x.shape);
    const Plan& plan = inputs.plan;
    float* const dx = call.output(0, inputs.x.shape);
    float* const dnegative = call.output(1, inputs.negativeShape);
    float* const dpositive = call.output(2, inputs.positiveShape);
    if (plan.size() == 0) {
      std::fill_n(dnegative, plan.row.n, 0.0f);
      std::fill_n(dpositive, plan.row.n, 0.0f);
    } else if (plan.rowByRow() && !isLong(plan)) {
      rowByRow(inputs, dy.data, dx, dnegative, dpositive);
    } else {
      const Vectors vectors = {scale_, inputs.signs.data(), inputs.negative.data(), inputs.positive.data()};
      const auto rows = isLong(plan) ? longRows : manyRows;
      rows(vectors, inputs.x, plan, dy.data, dx, dnegative, dpositive);
    }
  }

 private:
  // From x to what the slopes see, and back with its derivative.
  Fused forward(const Inputs& inputs) const { return {scale_, inputs.signs.data(), nullptr, nullptr, nullptr}; }
  Fused backward(const Inputs& inputs) const { return {scale_, nullptr, inputs.signs.data(), nullptr, nullptr}; }

  void rowByRow(const Inputs& inputs, const float* dy, float* dx, float* dnegative, float* dpositive) const {
    const Row row = inputs.plan.row;
    const size_t length = row.length();
    std::vector<float> z(length);
    std::vector<double> sums(2 * length);
    for (size_t start = 0; start < inputs.plan.size(); start += length) {
      transformRow(inputs.x.data + start, z.data(), row, forward(inputs));
      parallelRanges(length, length, kColumns, [&](size_t begin, size_t end) {
        const PairSums out = {dx + start + begin, sums.data() + begin, sums.data() + length + begin};
        loops().reluPairGradient(z.data() + begin, dy + start + begin, inputs.negative.data() + begin,
                                 inputs.positive.data() + begin, out, end - begin);
      });
      transformRow(dx + start, dx + start, row, backward(inputs));
    }
    parallelRanges(row.n, length, kColumns, [&](size_t begin, size_t end) {
      fold(sums.data() + begin * row.inner, 1, end - begin, row.inner, dnegative + begin);
      fold(sums.data() + length + begin * row.inner, 1, end - begin, row.inner, dpositive + begin);
    });
  }
};

// The derivatives by the slopes alone.
class BlockSlopes {
 public:
  explicit BlockSlopes(Attributes& attributes) : axis_(attributes.integer("axis")), scale_(attributes.number("scale")) {}

  void run(Call& call) const {
    const Input& x = call.input(0, "x");
    const Input& signs = call.input(1, "signs");
    const Input& dy = call.input(2, "dy");
    const Plan plan = planOf(x, axis_);
    const auto n = static_cast<int64_t>(plan.row.n);
    signs.requireShape({n});
    if (dy.size() != x.size()) dy.requireShape(x.shape);
    float* const dnegative = call.output(0, {n});
    float* const dpositive = call.output(1, {n});
    if (plan.size() == 0) {
      std::fill_n(dnegative, plan.row.n, 0.0f);
      std::fill_n(dpositive, plan.row.n, 0.0f);
    } else {
      const Periodic diagonal = along(plan, signs);
      // Any slopes serve: without dx they have no part in it.
      const Vectors vectors = {scale_, diagonal.data(), diagonal.data(), diagonal.data()};
      const auto rows = isLong(plan) ? longRows : manyRows;
      rows(vectors, x, plan, dy.data, nullptr, dnegative, dpositive);
    }
  }

 private:
  const int64_t axis_;
  const float scale_;
};

}  // namespace

void registerBlock() {
  registerOp<Block>({"WHTReLUPair", {"x", "signs", "negative", "positive"}, {"y"}, {"axis: int", "scale: float"}});
  registerOp<BlockGradient>({"WHTReLUPairGradient",
                             {"x", "signs", "negative", "positive", "dy"},
                             {"dx", "dnegative", "dpositive"},
                             {"axis: int", "scale: float"}});
  registerOp<BlockSlopes>(
      {"WHTReLUPairSlopes", {"x", "signs", "dy"}, {"dnegative", "dpositive"}, {"axis: int", "scale: float"}});
}

}  // namespace piecewise
