#include "loops.h"

#ifdef PIECEWISE_X86
#pragma GCC target("avx512f,avx512vl,avx512dq,avx512bw,prefer-vector-width=512")
#define LANES 16
#define MAX_RADIX_BITS 4
#define TABLE avx512Loops
#define NAME "AVX-512"
#include "loops.inc"
#endif
