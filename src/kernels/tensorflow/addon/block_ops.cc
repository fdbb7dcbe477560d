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

// One row on all cores, of which only the slopes count: its eighths to the end, then their columns.
void slopesOfRow(const PairStretches& all, Row row) {
  const size_t eighth = row.n / kPairParts;
  parallelRanges(kPairParts, row.n, 1, [&](size_t begin, size_t end) {
    for (size_t at = begin * eighth; at < end * eighth; at += eighth) {
      loops().transform(all.x + at, all.z + at, eighth, {eighth, 1}, {all.scale, all.signs + at, nullptr, nullptr, nullptr});
    }
  });
  const PairColumns columns = {all.z,         all.dy,        all.negative, all.positive, all.dnegative,
                               all.dpositive, eighth, all.areFirst, true};
  parallelRanges(eighth, row.n, kColumns, [&](size_t begin, size_t end) { loops().pairColumns(columns, begin, end); });
}

// Values of transforms that are kept for the derivatives of the slopes alone.
constexpr size_t kKept = size_t{1} << 19;

// One row on all cores: its eighths to the end, their columns, and back.
void oneRow(const PairStretches& all, Row row) {
  const size_t eighth = row.n / kPairParts;
  const auto eighths = [&](const float* from, const float* before, const float* after) {
    parallelRanges(kPairParts, row.n, 1, [&](size_t begin, size_t end) {
      for (size_t at = begin * eighth; at < end * eighth; at += eighth) {
        const Fused fused = {all.scale, before ? before + at : nullptr, after ? after + at : nullptr, nullptr, nullptr};
        loops().transform(from + at, all.z + at, eighth, {eighth, 1}, fused);
      }
    });
  };
  eighths(all.x, all.signs, nullptr);
  const PairColumns columns = {all.z,         all.dy, all.negative, all.positive,  all.dnegative,
                               all.dpositive, eighth, all.areFirst, all.onlySlopes};
  parallelRanges(eighth, row.n, kColumns, [&](size_t begin, size_t end) { loops().pairColumns(columns, begin, end); });
  if (!all.onlySlopes) eighths(all.z, nullptr, all.signs);
}

// Rows on all cores: their first pass, their parts to the end, and that pass back. All rows do a part before the next one, so
// that slopes and sums stay in a near cache.
void someRows(const PairStretches& all, Row row) {
  const size_t parts = loops().parts(row, true);
  const size_t length = row.n / parts;
  firstPass(all.x, all.z, all.rows, row, parts, {all.scale, all.signs, nullptr, nullptr, nullptr});
  parallelRanges(parts, all.rows * row.n, 1, [&](size_t begin, size_t end) {
    for (size_t at = begin * length; at < end * length; at += length) {
      PairStretches stretches = all;
      stretches.x = stretches.z = all.z + at;
      stretches.dy += at;
      stretches.scale = 1;
      stretches.signs = nullptr;
      stretches.negative += at;
      stretches.positive += at;
      stretches.dnegative += at;
      stretches.dpositive += at;
      stretches.length = length;
      loops().pairStretches(stretches);
    }
  });
  if (!all.onlySlopes) firstPass(all.z, all.z, all.rows, row, parts, {all.scale, nullptr, all.signs, nullptr, nullptr});
}

// Few rows [n]. Without dx, the transform back is left out. Of so few rows floats are right sums.
void longRows(const Vectors& vectors, const Input& x, const Plan& plan, const float* dy, float* dx, float* dnegative,
              float* dpositive) {
  const Row row = plan.row;
  const size_t rows = dx ? plan.outer : std::min(plan.outer, std::max(size_t{1}, kKept / row.n));
  const std::unique_ptr<float[]> own(dx ? nullptr : new float[rows * row.n]);
  // The stretches at the place `at` of their rows.
  PairStretches all = {nullptr, nullptr,   nullptr,   vectors.scale, vectors.signs, vectors.negative, vectors.positive,
                       dnegative, dpositive, row.n, rows,          row.n,         true,             dx == nullptr};
  for (size_t start = 0; start < plan.size(); start += rows * row.n) {
    all.x = x.data + start;
    all.dy = dy + start;
    all.z = dx ? dx : own.get();
    all.areFirst = start == 0;
    all.rows = std::min(rows, (plan.size() - start) / row.n);
    if (plan.rowByRow()) {
      (all.rows == 1 ? oneRow : someRows)(all, row);
    } else {
      loops().pairStretches(all);
    }
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
      transformRows(inputs.x.data + start, z.data(), 1, row, forward(inputs));
      parallelRanges(length, length, kColumns, [&](size_t begin, size_t end) {
        const PairSums out = {dx + start + begin, sums.data() + begin, sums.data() + length + begin};
        loops().reluPairGradient(z.data() + begin, dy + start + begin, inputs.negative.data() + begin,
                                 inputs.positive.data() + begin, out, end - begin);
      });
      transformRows(dx + start, dx + start, 1, row, backward(inputs));
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
