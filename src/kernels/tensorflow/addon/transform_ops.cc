// WalshHadamard and SignedWalshHadamard.
#include "register.h"
#include "transform.h"

namespace piecewise {
namespace {

class Transform {
 public:
  explicit Transform(Attributes& attributes) : axis_(attributes.integer("axis")), scale_(attributes.number("scale")) {}

  void run(Call& call) const {
    const Input& x = call.input(0, "x");
    const Plan plan = planOf(x, axis_);
    float* const y = call.output(0, x.shape);
    if (plan.size() > 0) transformAll(Source(x.data, plan), y, plan, {scale_});
  }

 protected:
  const int64_t axis_;
  const float scale_;
};

class SignedTransform : public Transform {
 public:
  explicit SignedTransform(Attributes& attributes)
      : Transform(attributes), transposed_(attributes.flag("transposed")), expansion_(attributes) {}

  void run(Call& call) const {
    const Input& x = call.input(0, "x");
    const Input& signs = call.input(1, "signs");
    const Plan plan = planOf(x, axis_, signs);
    const auto axis = static_cast<size_t>(axis_);
    const Source from = expansion_.of(call, x, axis, plan.row.n, 2);
    const Periodic diagonal(signs.data, plan);
    Fused fused = {scale_};
    (transposed_ ? fused.after : fused.before) = diagonal.data();
    float* const y = call.output(0, x.withUnits(axis, plan.row.n));
    if (plan.size() > 0) transformAll(from, y, plan, fused);
  }

 private:
  const bool transposed_;
  const Expansion expansion_;
};

}  // namespace

void registerTransform() {
  registerOp<Transform>({"WalshHadamard", {"x"}, {"y"}, {"axis: int", "scale: float"}});
  registerOp<SignedTransform>({"SignedWalshHadamard",
                               {"x", "signs", "offset"},
                               {"y"},
                               {"axis: int", "scale: float", "transposed: bool", "tiled: bool", "moved: int"}});
}

}  // namespace piecewise
