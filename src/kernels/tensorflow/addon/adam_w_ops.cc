// AdamW: one step on one weight. Its numbers change from step to step, and TensorFlow keeps a kernel for each set of
// attributes: so they are a tensor.
#include "loops.h"
#include "register.h"
#include "threads.h"

namespace piecewise {
namespace {

class AdamW {
 public:
  explicit AdamW(Attributes&) {}

  void run(Call& call) const {
    const Input& weight = call.input(0, "weight");
    const auto alike = [&](int index, const char* name) {
      const Input& input = call.input(index, name);
      input.requireShape(weight.shape);
      return input.data;
    };
    const AdamInputs in = {weight.data, alike(1, "gradient"), alike(2, "first"), alike(3, "second")};
    const Input& rates = call.input(4, "rates");
    rates.requireShape({8});
    const float* const r = rates.data;
    const AdamRates numbers = {r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7]};
    const AdamOutputs out = {call.output(0, weight.shape), call.output(1, weight.shape), call.output(2, weight.shape)};
    parallelRanges(weight.size(), weight.size(), kColumns, [&](size_t begin, size_t end) {
      loops().adamW({in.weight + begin, in.gradient + begin, in.first + begin, in.second + begin}, numbers,
                    {out.weight + begin, out.first + begin, out.second + begin}, end - begin);
    });
  }
};

}  // namespace

void registerAdamW() {
  registerOp<AdamW>(
      {"AdamW", {"weight", "gradient", "first", "second", "rates"}, {"new_weight", "new_first", "new_second"}, {}});
}

}  // namespace piecewise
