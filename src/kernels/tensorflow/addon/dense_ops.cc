// DenseUnits and DenseUnitsGradient: see src/ops/dense.ts. For small matrices: each is one call where TensorFlow's own ops are
// two and three, which take longer than the products.
#include <algorithm>

#include "loops.h"
#include "register.h"
#include "threads.h"

namespace piecewise {
namespace {

size_t padded(size_t columns) { return (columns + kWidest - 1) / kWidest * kWidest; }

// [rows, columns] with zeros after each row.
class Padded {
 public:
  Padded(size_t rows, size_t columns) : width(padded(columns)), values_(rows * width) {}

  static Padded of(const float* from, size_t rows, size_t columns) {
    Padded result(rows, columns);
    for (size_t i = 0; i < rows; i++) std::copy_n(from + i * columns, columns, result.row(i));
    return result;
  }

  // Of from [columns, rows].
  static Padded transposed(const float* from, size_t rows, size_t columns) {
    Padded result(rows, columns);
    for (size_t i = 0; i < rows; i++) {
      for (size_t j = 0; j < columns; j++) result.row(i)[j] = from[j * rows + i];
    }
    return result;
  }

  const float* data() const { return values_.data(); }
  const size_t width;

 private:
  float* row(size_t i) { return values_.data() + i * width; }
  std::vector<float> values_;
};

void multiply(const Product& all, size_t rows) {
  parallelRanges(rows, rows * all.steps * all.width / kWidest, kColumns,
                 [&](size_t begin, size_t end) { loops().product(all, begin, end); });
}

// x [rows, inputs] and weights [inputs, units].
struct Layer {
  const Input& x;
  const Input& weights;
  size_t rows;
  size_t inputs;
  size_t units;

  Layer(Call& call, int first) : Layer(call.input(first, "x"), call.input(first + 1, "weights")) {}

 private:
  Layer(const Input& from, const Input& by) : x(from), weights(by), rows(0), inputs(0), units(0) {
    if (x.shape.size() != 2) throw InvalidArgument("x must be a matrix, but received shape " + x.shapeText());
    if (weights.shape.size() != 2 || weights.shape[0] != x.shape[1]) {
      throw InvalidArgument("weights must be a matrix of a row for each of " + std::to_string(x.shape[1]) +
                            " inputs, but received shape " + weights.shapeText());
    }
    rows = x.sizeOf(0, 1);
    inputs = x.sizeOf(1, 2);
    units = weights.sizeOf(1, 2);
  }
};

class Dense {
 public:
  explicit Dense(Attributes&) {}

  void run(Call& call) const {
    const Layer layer(call, 0);
    const Input& bias = call.input(2, "bias");
    if (bias.size() > 0) bias.requireShape({layer.weights.shape[1]});
    float* const y = call.output(0, {layer.x.shape[0], layer.weights.shape[1]});
    const Padded weights = Padded::of(layer.weights.data, layer.inputs, layer.units);
    const Padded added = Padded::of(bias.data, bias.size() > 0 ? 1 : 0, layer.units);
    multiply({layer.x.data, layer.inputs, 1, weights.data(), bias.size() > 0 ? added.data() : nullptr, y, layer.inputs,
              layer.units, weights.width},
             layer.rows);
  }
};

class DenseGradient {
 public:
  explicit DenseGradient(Attributes&) {}

  void run(Call& call) const {
    const Input& dy = call.input(0, "dy");
    const Layer layer(call, 1);
    const auto& [x, weights, rows, inputs, units] = layer;
    dy.requireShape({x.shape[0], weights.shape[1]});
    float* const dx = call.output(0, x.shape);
    float* const dweights = call.output(1, weights.shape);
    float* const dbias = call.output(2, {weights.shape[1]});
    const Padded turned = Padded::transposed(weights.data, units, inputs);
    multiply({dy.data, units, 1, turned.data(), nullptr, dx, units, inputs, turned.width}, rows);
    const Padded derivatives = Padded::of(dy.data, rows, units);
    multiply({x.data, 1, inputs, derivatives.data(), nullptr, dweights, rows, units, derivatives.width}, inputs);
    std::fill_n(dbias, units, 0.0f);
    for (size_t i = 0; i < rows; i++) {
      for (size_t j = 0; j < units; j++) dbias[j] += dy.data[i * units + j];
    }
  }
};

}  // namespace

void registerDense() {
  registerOp<Dense>({"DenseUnits", {"x", "weights", "bias"}, {"y"}, {}});
  registerOp<DenseGradient>({"DenseUnitsGradient", {"dy", "x", "weights"}, {"dx", "dweights", "dbias"}, {}});
}

}  // namespace piecewise
