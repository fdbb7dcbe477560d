#include "register.h"

namespace piecewise {

Attributes::Attributes(TF_OpKernelConstruction* construction) : construction_(construction), status_(TF_NewStatus()) {}

// Reports the last failure.
Attributes::~Attributes() {
  if (TF_GetCode(status_) != TF_OK) TF_OpKernelConstruction_Failure(construction_, status_);
  TF_DeleteStatus(status_);
}

int64_t Attributes::integer(const char* name) {
  int64_t value = 0;
  TF_OpKernelConstruction_GetAttrInt64(construction_, name, &value, status_);
  return value;
}

float Attributes::number(const char* name) {
  float value = 0;
  TF_OpKernelConstruction_GetAttrFloat(construction_, name, &value, status_);
  return value;
}

bool Attributes::flag(const char* name) {
  unsigned char value = 0;
  TF_OpKernelConstruction_GetAttrBool(construction_, name, &value, status_);
  return value != 0;
}

std::string opName(const std::string& kernel) { return "TfjsPiecewise7" + kernel; }

namespace {

class Status {
 public:
  ~Status() { TF_DeleteStatus(status_); }
  TF_Status* get() const { return status_; }
  void check() const {
    if (TF_GetCode(status_) != TF_OK) throw std::runtime_error(TF_Message(status_));
  }

 private:
  TF_Status* const status_ = TF_NewStatus();
};

bool isRegistered(const std::string& op) {
  const Status status;
  TF_Buffer* const kernels = TF_GetRegisteredKernelsForOp(op.c_str(), status.get());
  status.check();
  const bool any = kernels->length > 0;
  TF_DeleteBuffer(kernels);
  return any;
}

}  // namespace

void registerOp(const Signature& signature, void* (*create)(TF_OpKernelConstruction*),
                void (*compute)(void*, TF_OpKernelContext*), void (*destroy)(void*)) {
  const std::string name = opName(signature.name);
  const Status status;
  TF_OpDefinitionBuilder* const op = TF_NewOpDefinitionBuilder(name.c_str());
  const auto tensor = [](const std::string& text) {
    return text.find(':') == std::string::npos ? text + ": float" : text;
  };
  for (const char* input : signature.inputs) TF_OpDefinitionBuilderAddInput(op, tensor(input).c_str());
  for (const char* output : signature.outputs) TF_OpDefinitionBuilderAddOutput(op, tensor(output).c_str());
  for (const char* attribute : signature.attributes) TF_OpDefinitionBuilderAddAttr(op, attribute);
  TF_RegisterOpDefinition(op, status.get());
  status.check();
  TF_KernelBuilder* const kernel = TF_NewKernelBuilder(name.c_str(), "CPU", create, compute, destroy);
  TF_RegisterKernelBuilder(name.c_str(), kernel, status.get());
  status.check();
}

// To register an op twice ends the process, so TensorFlow itself is asked: another copy of this file may have come first.
void registerAll() {
  if (isRegistered(opName("DenseUnitsGradient"))) return;
  registerTransform();
  registerReluPair();
  registerBlock();
  registerTriangleWave();
  registerSelection();
  registerAdamW();
  registerSoftmaxCrossEntropy();
  registerDense();
}

}  // namespace piecewise
