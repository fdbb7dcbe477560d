#include "call.h"

namespace piecewise {

size_t Input::sizeOf(size_t begin, size_t end) const {
  size_t product = 1;
  for (size_t i = begin; i < end; i++) product *= static_cast<size_t>(shape[i]);
  return product;
}

size_t Input::axisAt(int64_t axis) const {
  if (axis < 0 || axis >= static_cast<int64_t>(shape.size())) {
    throw InvalidArgument("axis must be from 0 to rank - 1 of " + name + ", but received axis " + std::to_string(axis) +
                          " and shape " + shapeText());
  }
  return static_cast<size_t>(axis);
}

std::vector<int64_t> Input::withUnits(size_t axis, size_t units) const {
  std::vector<int64_t> other = shape;
  other[axis] = static_cast<int64_t>(units);
  return other;
}

namespace {

std::string textOf(const std::vector<int64_t>& shape) {
  std::string text = "[";
  for (const int64_t length : shape) text += (text.size() > 1 ? "," : "") + std::to_string(length);
  return text + "]";
}

}  // namespace

std::string Input::shapeText() const { return textOf(shape); }

void Input::requireShape(const std::vector<int64_t>& expected) const {
  if (shape != expected) {
    throw InvalidArgument(name + " must have shape " + textOf(expected) + ", but received shape " + shapeText());
  }
}

Call::Call(TF_OpKernelContext* context) : context_(context), status_(TF_NewStatus()) {}

Call::~Call() {
  for (TF_Tensor* tensor : tensors_) TF_DeleteTensor(tensor);
  TF_DeleteStatus(status_);
}

int Call::inputs() const { return TF_NumInputs(context_); }

const Input& Call::input(int index, const char* name) {
  TF_Tensor* tensor = nullptr;
  TF_GetInput(context_, index, &tensor, status_);
  check();
  tensors_.push_back(tensor);
  inputs_.push_back({name, static_cast<const float*>(TF_TensorData(tensor)), {}});
  for (int i = 0; i < TF_NumDims(tensor); i++) inputs_.back().shape.push_back(TF_Dim(tensor, i));
  return inputs_.back();
}

float* Call::output(int index, const std::vector<int64_t>& shape) {
  size_t bytes = sizeof(float);
  for (const int64_t length : shape) bytes *= static_cast<size_t>(length);
  const int rank = static_cast<int>(shape.size());
  TF_Tensor* tensor = TF_AllocateOutput(context_, index, TF_FLOAT, shape.data(), rank, bytes, status_);
  check();
  tensors_.push_back(tensor);
  return static_cast<float*>(TF_TensorData(tensor));
}

void Call::check() const {
  if (TF_GetCode(status_) != TF_OK) throw std::runtime_error(TF_Message(status_));
}

void Call::fail(TF_Code code, const char* message) {
  TF_SetStatus(status_, code, message);
  TF_OpKernelContext_Failure(context_, status_);
}

}  // namespace piecewise
