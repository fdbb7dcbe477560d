// Makes a class an op of TensorFlow with a kernel for the CPU. The class is made from Attributes, and has run(Call&).
#pragma once
#include <initializer_list>
#include <new>
#include <string>

#include "call.h"

namespace piecewise {

// The attributes of an op, while its kernel is made.
class Attributes {
 public:
  explicit Attributes(TF_OpKernelConstruction* construction);
  ~Attributes();
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;

  int64_t integer(const char* name);
  float number(const char* name);
  bool flag(const char* name);

 private:
  TF_OpKernelConstruction* const construction_;
  TF_Status* const status_;
};

// What TensorFlow has to know: names of float32 tensors, or with a dtype as "indices: int32", and
// attributes such as "axis: int".
struct Signature {
  const char* name;
  std::initializer_list<const char*> inputs;
  std::initializer_list<const char*> outputs;
  std::initializer_list<const char*> attributes;
};

// The name of an op in TensorFlow. The number changes with the signature or the meaning of any op, so that two versions
// of the package can live in one process.
std::string opName(const std::string& kernel);

void registerOp(const Signature& signature, void* (*create)(TF_OpKernelConstruction*),
                void (*compute)(void*, TF_OpKernelContext*), void (*destroy)(void*));

template <class Op>
void registerOp(const Signature& signature) {
  registerOp(
      signature,
      [](TF_OpKernelConstruction* construction) -> void* {
        Attributes attributes(construction);
        return new Op(attributes);
      },
      [](void* op, TF_OpKernelContext* context) {
        Call call(context);
        try {
          static_cast<Op*>(op)->run(call);
        } catch (const InvalidArgument& error) {
          call.fail(TF_INVALID_ARGUMENT, error.what());
        } catch (const std::bad_alloc&) {
          call.fail(TF_RESOURCE_EXHAUSTED, "no memory for intermediate results; dispose tensors, or use smaller batches");
        } catch (const std::exception& error) {
          call.fail(TF_INTERNAL, error.what());
        }
      },
      [](void* op) { delete static_cast<Op*>(op); });
}

// Each in a file of its own.
void registerTransform();
void registerReluPair();
void registerBlock();
void registerTriangleWave();
void registerSelection();
void registerAdamW();
void registerSoftmaxCrossEntropy();
void registerDense();

// All of them, unless this process has them.
void registerAll();

}  // namespace piecewise
