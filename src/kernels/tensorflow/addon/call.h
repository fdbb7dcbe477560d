// One call of an op by TensorFlow: its inputs, checked, and its outputs.
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <stdexcept>
#include <string>
#include <vector>

#include "tensorflow.h"

namespace piecewise {

// What the caller did wrong. TensorFlow passes the text on, after the name of the op.
class InvalidArgument : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

// A tensor that a call reads, mostly of dtype float32.
struct Input {
  std::string name;
  const float* data;
  std::vector<int64_t> shape;

  const int32_t* integers() const { return reinterpret_cast<const int32_t*>(data); }
  size_t size() const { return sizeOf(0, shape.size()); }
  // The product of the lengths of the axes from begin to end.
  size_t sizeOf(size_t begin, size_t end) const;
  // Checks that there is this axis.
  size_t axisAt(int64_t axis) const;
  // This shape with another length of an axis.
  std::vector<int64_t> withUnits(size_t axis, size_t units) const;
  std::string shapeText() const;
  void requireShape(const std::vector<int64_t>& expected) const;
};

class Call {
 public:
  explicit Call(TF_OpKernelContext* context);
  ~Call();
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  int inputs() const;
  const Input& input(int index, const char* name);
  // A new output. Never the memory of an input: tfjs holds on to its tensors, so TensorFlow would not forward one.
  float* output(int index, const std::vector<int64_t>& shape);
  void fail(TF_Code code, const char* message);

 private:
  void check() const;

  TF_OpKernelContext* const context_;
  TF_Status* const status_;
  std::vector<TF_Tensor*> tensors_;
  std::deque<Input> inputs_;  // its elements stay where they are
};

}  // namespace piecewise
