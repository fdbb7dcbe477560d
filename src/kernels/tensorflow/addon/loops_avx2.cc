#include "loops.h"

#ifdef PIECEWISE_X86
#pragma GCC target("avx2,fma")
#define LANES 8
#define MAX_RADIX_BITS 3
#define TABLE avx2Loops
#define NAME "AVX2"
#include "loops.inc"
#endif
