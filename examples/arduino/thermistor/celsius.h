/* The network sequential_10 of tfjs-piecewise in C99: toC wrote it. */

#ifndef CELSIUS_H
#define CELSIUS_H

#ifdef __cplusplus
extern "C" {
#endif

#define CELSIUS_INPUT_SIZE 1 /* numbers of x */
#define CELSIUS_OUTPUT_SIZE 1 /* numbers of y */
#define CELSIUS_WORK_BYTES 64 /* of static memory; no more is taken but a few variables of the stack */

/*
 * One sample:
 * x: triangle_wave_TriangleWave7_clip_input [1], row by row
 * y: triangle_wave_TriangleWave7_output [1], row by row
 *
 * The caller owns all arrays, which may not be null or overlap: without NDEBUG that is asserted. NaN stays NaN, unless the
 * compiler is told that there is none (-ffast-math). The work space is static: one call at a time.
 */
void celsius(const float *x, float *y);

#ifdef __cplusplus
}
#endif

#endif
