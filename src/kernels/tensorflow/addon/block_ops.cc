// WHTReLUPair, WHTReLUPairForward and WHTReLUPairBackward: the transform and the slopes of each position of its axis.
#include <memory>

#include "pair_sums.h"
#include "register.h"
#include "transform.h"

namespace piecewise {
namespace {

// Vectors along the axis. Slopes that positions of images share are [1, 1, n].
struct Vectors {
  const Input& negativeInput;
  const Input& positiveInput;
  Periodic signs;
  Periodic negative;
  Periodic positive;

  Vectors(Call& call, const Plan& plan)
      : negativeInput(along(call, plan, 2, "negative")),
        positiveInput(along(call, plan, 3, "positive")),
        signs(along(call, plan, 1, "signs").data, plan),
        negative(negativeInput.data, plan),
        positive(positiveInput.data, plan) {}

 private:
  static const Input& along(Call& call, const Plan& plan, int index, const char* name) {
    const Input& values = call.input(index, name);
    if (values.size() != plan.row.n) values.requireShape({static_cast<int64_t>(plan.row.n)});
    return values;
  }
};

class Block {
 public:
  explicit Block(Attributes& attributes)
      : axis_(attributes.integer("axis")), scale_(attributes.number("scale")), expansion_(attributes) {}

  void run(Call& call) const {
    forward(call, [&](const Source& from, const Vectors& vectors, const Plan& plan, const std::vector<int64_t>& shape) {
      float* const y = call.output(0, shape);
      if (plan.size() == 0) return;
      transformAll(from, y, plan,
                   {scale_, vectors.signs.data(), nullptr, vectors.negative.data(), vectors.positive.data()});
    });
  }

 protected:
  template <class Work>
  void forward(Call& call, const Work& work) const {
    const Input& x = call.input(0, "x");
    const Plan plan = planOf(x, axis_, call.input(1, "signs"));
    const auto axis = static_cast<size_t>(axis_);
    const Source from = expansion_.of(call, x, axis, plan.row.n, 4);
    work(from, Vectors(call, plan), plan, x.withUnits(axis, plan.row.n));
  }

  const int64_t axis_;
  const float scale_;
  const Expansion expansion_;
};

// The same for training, with what the slopes were multiplied into.
class BlockForward : public Block {
 public:
  using Block::Block;

  void run(Call& call) const {
    forward(call, [&](const Source& from, const Vectors& vectors, const Plan& plan, const std::vector<int64_t>& shape) {
      float* const y = call.output(0, shape);
      float* const z = call.output(1, shape);
      if (plan.size() == 0) return;
      transformAll(from, z, plan, {scale_, vectors.signs.data()}, [&](size_t start, size_t at, size_t count) {
        loops().reluPair(z + start, vectors.negative.data() + at, vectors.positive.data() + at, y + start, count);
      });
    });
  }
};

class BlockBackward {
 public:
  explicit BlockBackward(Attributes& attributes) : axis_(attributes.integer("axis")), scale_(attributes.number("scale")) {}

  void run(Call& call) const {
    const Input& z = call.input(0, "z");
    const Plan plan = planOf(z, axis_);
    const Vectors vectors(call, plan);
    const Input& dy = call.input(4, "dy");
    if (dy.size() != z.size()) dy.requireShape(z.shape);
    const PairGradient all = {z.data,
                              dy.data,
                              vectors.negative.data(),
                              vectors.positive.data(),
                              call.output(0, z.shape),
                              call.output(1, vectors.negativeInput.shape),
                              call.output(2, vectors.positiveInput.shape)};
    if (plan.size() == 0) {
      std::fill_n(all.dnegative, plan.row.n, 0.0f);
      std::fill_n(all.dpositive, plan.row.n, 0.0f);
    } else if (isFewRows(plan)) {
      fewRows(all, plan, vectors.signs.data());
    } else {
      manyRows(all, plan, vectors.signs.data());
    }
  }

 private:
  void fewRows(const PairGradient& all, const Plan& plan, const float* signs) const {
    const Row row = plan.row;
    const size_t length = row.length();
    const size_t parts = loops().parts(row, plan.rowByRow() && plan.outer > 1);
    const RowSums sums(all, plan);
    parallelRanges(parts, plan.size(), 1, [&](size_t begin, size_t end) {
      for (size_t part = begin; part < end; part++) {
        for (size_t i = 0; i < plan.size(); i += length) {
          const PairDerivative derivative = sums.derivative(i, 0);
          Fused fused = {scale_, nullptr, parts == 1 ? signs : nullptr};
          fused.derivative = &derivative;
          loops().onePart(all.z + i, all.dz + i, part, row, parts, fused);
        }
      }
    });
    if (parts > 1) acrossParts(all.dz, plan.outer, row, parts, {1, nullptr, signs});
    sums.finish();
  }

  void manyRows(const PairGradient& all, const Plan& plan, const float* signs) const {
    piecewise::manyRows(all, plan, [&](size_t start, size_t count, const PairDerivative& derivative) {
      const float* z = all.z + start;
      float* const dx = all.dz + start;
      Fused fused = {scale_, nullptr, signs};
      if (plan.row.length() >= kLongestVector) {
        fused.derivative = &derivative;
      } else {
        loops().pairDerivative(z, dx, derivative, count);
        z = dx;
      }
      loops().transform(z, dx, count, plan.row, fused);
    });
  }

  const int64_t axis_;
  const float scale_;
};

}  // namespace

void registerBlock() {
  const std::initializer_list<const char*> forward = {"x", "signs", "negative", "positive", "offset"};
  const std::initializer_list<const char*> attributes = {"axis: int", "scale: float", "tiled: bool", "moved: int"};
  registerOp<Block>({"WHTReLUPair", forward, {"y"}, attributes});
  registerOp<BlockForward>({"WHTReLUPairForward", forward, {"y", "z"}, attributes});
  registerOp<BlockBackward>({"WHTReLUPairBackward",
                             {"z", "signs", "negative", "positive", "dy"},
                             {"dx", "dnegative", "dpositive"},
                             {"axis: int", "scale: float"}});
}

}  // namespace piecewise
