#include "loops.h"

#include <cstdlib>

namespace piecewise {
namespace {

const Loops& fastest() {
#ifdef PIECEWISE_X86
  __builtin_cpu_init();
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
  if (avx512) return avx512Loops;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return avx2Loops;
#endif
  return portableLoops;
}

}  // namespace

const Loops& loops() {
  static const Loops& chosen = fastest();
  return chosen;
}

}  // namespace piecewise
