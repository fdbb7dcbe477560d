// For any processor: SSE2 on Intel's, NEON on ARM's.
#include "loops.h"

#define LANES 4
#define MAX_RADIX_BITS 3
#define TABLE portableLoops
#define NAME "128-bit vectors"
#include "loops.inc"
