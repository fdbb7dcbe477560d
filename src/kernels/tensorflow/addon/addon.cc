// The entry for Node: registers the ops with TensorFlow, and tells how they run here.
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
