// Our TensorFlow ops: the entry for Node, which registers them with TensorFlow and tells how they run here.
//
// An op is registered by TensorFlow's C API (register.cc, *_ops.cc), so that the file needs no C++ ABI of TensorFlow and runs with
// the library that tfjs-node has loaded. Its loops (*.inc) are compiled once for each instruction set (loops_*.cc), and
// loops.cc chooses when the file is loaded. Rows go to a pool of threads (threads.cc); sums of all threads are added in a fixed
// order (sums.h), so that results do not depend on their number. Invariant: nothing is freed when the file is unloaded, since
// TensorFlow keeps the addresses of the kernels.
#include <node_api.h>

#include <string>

#include "loops.h"
#include "register.h"
#include "threads.h"

namespace {

// Done when the file is loaded: the dynamic linker loads one file at a time, so that neither two threads nor two copies of
// this file can both find the ops missing.
const std::string registrationError = [] {
  try {
    piecewise::registerAll();
    return std::string();
  } catch (const std::exception& error) {
    return std::string(error.what());
  }
}();

}  // namespace

// {prefix, instructions, threads}
NAPI_MODULE_INIT() {
  if (!registrationError.empty()) {
    napi_throw_error(env, nullptr, registrationError.c_str());
    return nullptr;
  }
  napi_value prefix, instructions, threads;
  napi_create_string_utf8(env, piecewise::opName("").c_str(), NAPI_AUTO_LENGTH, &prefix);
  napi_create_string_utf8(env, piecewise::loops().name, NAPI_AUTO_LENGTH, &instructions);
  napi_create_uint32(env, static_cast<uint32_t>(piecewise::threadCount()), &threads);
  napi_set_named_property(env, exports, "prefix", prefix);
  napi_set_named_property(env, exports, "instructions", instructions);
  napi_set_named_property(env, exports, "threads", threads);
  return exports;
}
