// SoftmaxCrossEntropy and SoftmaxCrossEntropyGradient: see src/ops/softmax_cross_entropy.ts.
#include <cmath>
#include <limits>

#include "register.h"
#include "threads.h"

namespace piecewise {
namespace {

// Rows of logits and labels, [..., classes].
struct Rows {
  const float* logits;
  const float* labels;
  std::vector<int64_t> shape;
  size_t count;
  size_t classes;

  Rows(Call& call, int first) : Rows(call.input(first, "logits"), call.input(first + 1, "labels")) {}

  // Exponentials count as so many values each.
  size_t work() const { return 8 * count * classes; }

 private:
  Rows(const Input& x, const Input& y) : logits(x.data), labels(y.data), shape(x.shape), count(0), classes(0) {
    if (shape.empty()) throw InvalidArgument("logits must have an axis of classes, but received shape []");
    y.requireShape(shape);
    count = x.sizeOf(0, shape.size() - 1);
    classes = x.sizeOf(shape.size() - 1, shape.size());
  }
};

class CrossEntropy {
 public:
  explicit CrossEntropy(Attributes& attributes) : smoothing_(attributes.number("smoothing")) {}

 protected:
  double smoothed(float label, size_t classes) const {
    return label * (1 - smoothing_) + smoothing_ / static_cast<double>(classes);
  }

  // The largest logit, and the sum of exp(logit - largest), none of which overflows.
  struct Exponentials {
    float top;
    double sum;
  };

  static Exponentials exponentials(const float* logits, size_t classes) {
    float top = -std::numeric_limits<float>::infinity();
    for (size_t i = 0; i < classes; i++) top = logits[i] > top ? logits[i] : top;
    double sum = 0;
    for (size_t i = 0; i < classes; i++) sum += static_cast<double>(std::exp(logits[i] - top));
    return {top, sum};
  }

 private:
  const double smoothing_;
};

class Loss : public CrossEntropy {
 public:
  using CrossEntropy::CrossEntropy;

  void run(Call& call) const {
    const Rows rows(call, 0);
    float* const losses = call.output(0, {rows.shape.begin(), rows.shape.end() - 1});
    parallelRanges(rows.count, rows.work(), kColumns, [&](size_t begin, size_t end) {
      for (size_t row = begin; row < end; row++) {
        const float* const logits = rows.logits + row * rows.classes;
        const float* const labels = rows.labels + row * rows.classes;
        const auto [top, sum] = exponentials(logits, rows.classes);
        const double log = top + std::log(sum);
        double loss = 0;
        for (size_t i = 0; i < rows.classes; i++) loss += smoothed(labels[i], rows.classes) * (log - logits[i]);
        losses[row] = static_cast<float>(loss);
      }
    });
  }
};

class LossGradient : public CrossEntropy {
 public:
  using CrossEntropy::CrossEntropy;

  void run(Call& call) const {
    const Input& dy = call.input(0, "dy");
    const Rows rows(call, 1);
    dy.requireShape({rows.shape.begin(), rows.shape.end() - 1});
    float* const derivative = call.output(0, rows.shape);
    parallelRanges(rows.count, rows.work(), kColumns, [&](size_t begin, size_t end) {
      for (size_t row = begin; row < end; row++) {
        const float* const logits = rows.logits + row * rows.classes;
        const float* const labels = rows.labels + row * rows.classes;
        float* const to = derivative + row * rows.classes;
        const auto [top, sum] = exponentials(logits, rows.classes);
        double total = 0;
        for (size_t i = 0; i < rows.classes; i++) total += smoothed(labels[i], rows.classes);
        for (size_t i = 0; i < rows.classes; i++) {
          const double expected = total * static_cast<double>(std::exp(logits[i] - top)) / sum;
          to[i] = static_cast<float>(dy.data[row] * (expected - smoothed(labels[i], rows.classes)));
        }
      }
    });
  }
};

}  // namespace

void registerSoftmaxCrossEntropy() {
  registerOp<Loss>({"SoftmaxCrossEntropy", {"logits", "labels"}, {"losses"}, {"smoothing: float"}});
  registerOp<LossGradient>(
      {"SoftmaxCrossEntropyGradient", {"dy", "logits", "labels"}, {"derivative"}, {"smoothing: float"}});
}

}  // namespace piecewise
