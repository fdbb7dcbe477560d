// SoftmaxCrossEntropy and SoftmaxCrossEntropyGradient: see src/ops/softmax_cross_entropy.ts.
#include "loops.h"
#include "register.h"
#include "threads.h"

namespace piecewise {
namespace {

// Rows that a thread takes at once, whose losses fill a cache line.
constexpr size_t kTogether = 16;

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
  // Calls work(row, index) for each row.
  template <class Work>
  void eachRow(const Rows& rows, const Work& work) const {
    parallelRanges(rows.count, rows.work(), kTogether, [&](size_t begin, size_t end) {
      for (size_t i = begin; i < end; i++) {
        const size_t start = i * rows.classes;
        work(LabelledRow{rows.logits + start, rows.labels + start, rows.classes, smoothing_}, i);
      }
    });
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
    eachRow(rows, [&](const LabelledRow& row, size_t i) { losses[i] = static_cast<float>(loops().crossEntropy(row)); });
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
    eachRow(rows, [&](const LabelledRow& row, size_t i) {
      loops().crossEntropyGradient(row, dy.data[i], derivative + i * rows.classes);
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
