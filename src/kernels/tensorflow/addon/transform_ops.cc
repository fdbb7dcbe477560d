// WalshHadamard and SignedWalshHadamard.
#include <optional>

#include "register.h"
#include "transform.h"

namespace piecewise {
namespace {

class Transform {
 public:
  explicit Transform(Attributes& attributes, bool transposed = false)
      : axis_(attributes.integer("axis")), scale_(attributes.number("scale")), transposed_(transposed) {}

  void run(Call& call) const {
    const Input& x = call.input(0, "x");
    const Plan plan = planOf(x, axis_);
    Fused fused = {scale_, nullptr, nullptr, nullptr, nullptr};
    std::optional<Periodic> diagonal;
    if (call.inputs() > 1) {
      const Input& signs = call.input(1, "signs");
      signs.requireShape({static_cast<int64_t>(plan.row.n)});
      diagonal.emplace(signs.data, plan.row.n, plan.row.inner, plan.repeat);
      (transposed_ ? fused.after : fused.before) = diagonal->data();
    }
    float* const y = call.output(0, x.shape);
    if (plan.size() > 0) transformAll(x.data, y, plan, fused);
  }

 private:
  const int64_t axis_;
  const float scale_;
  const bool transposed_;
};

class SignedTransform : public Transform {
 public:
  explicit SignedTransform(Attributes& attributes) : Transform(attributes, attributes.flag("transposed")) {}
};

}  // namespace

void registerTransform() {
  registerOp<Transform>({"WalshHadamard", {"x"}, {"y"}, {"axis: int", "scale: float"}});
  registerOp<SignedTransform>(
      {"SignedWalshHadamard", {"x", "signs"}, {"y"}, {"axis: int", "scale: float", "transposed: bool"}});
}

}  // namespace piecewise
