/* The network sequential_10 of tfjs-piecewise in C99: toC wrote it. See celsius.h. */

#include "celsius.h"

#include <assert.h>
#include <stdint.h>

/* Weights. */
/* triangle_wave_TriangleWave7_hidden1/kernel [1, 8] */
static const float celsius_w0[8] = {
  -3.3770788f, -0.9996941f, -1.0915637f, -0.0061555705f, 0.0f, -0.99908394f, -1.014433f, -0.023033645f,
};
/* triangle_wave_TriangleWave7_hidden1/bias [8] */
static const float celsius_w1[8] = {
  3.379291f, 1.0003549f, 0.31086186f, 0.99890786f, 0.0f, 1.0006413f, 0.80397487f, 0.99053764f,
};
/* triangle_wave_TriangleWave7_hidden2/kernel [8, 8] */
static const float celsius_w2[64] = {
  1.0011854f, 0.0012357285f, -0.00063292374f, -0.011567845f, 0.000603549f, 0.00869022f, -0.003854098f,
  0.0066932095f, -1.5810013f, 1.5891689f, 1.5828667f, -0.03899863f, 0.0020371722f, 0.029324984f, -0.012886945f,
  0.022623967f, 5.1188235f, -5.083069f, -5.3131957f, -0.19137497f, 0.015389457f, -0.24236907f, 0.0f, 6.4818892f,
  -0.0008450603f, 0.00024038106f, -0.33020663f, 1.0984364f, 0.0002628793f, -0.0012744068f, 0.0066859717f,
  0.049166806f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0040001697f, 0.004171367f, -0.0021355923f,
  -0.03904893f, 3.8139913f, 3.841315f, 3.7989907f, 0.022599751f, 0.004757927f, 0.0065175896f, -0.004791782f,
  -0.061248228f, -4.732654f, -4.687747f, -4.6667447f, -0.009328355f, -0.0008603753f, 0.00024203774f,
  0.0005848666f, 0.0066268635f, 0.00024728794f, -0.0013725901f, -0.44810927f, 0.79186827f,
};
/* triangle_wave_TriangleWave7_hidden2/bias [8] */
static const float celsius_w3[8] = {
  1.5703619f, 0.00022747811f, 0.0005930135f, 0.006636262f, 0.00025280987f, -0.00145813f, 0.0066511324f,
  0.04902728f,
};
/* triangle_wave_TriangleWave7_hidden3/kernel [8, 8] */
static const float celsius_w4[64] = {
  1.000425f, 0.0011235983f, 0.0013143932f, 0.0072437394f, 0.0004741634f, 0.0041069156f, -0.0030323877f,
  -0.012470547f, -1.465959f, 1.5032647f, 1.4712864f, -0.097508036f, -0.0017475811f, 0.0011797606f, 0.008344614f,
  -0.09548626f, 2.1133053f, -2.082629f, -2.0749223f, -0.12476064f, 0.011265341f, 0.005468144f, 0.026296789f,
  0.045383047f, -0.0010718746f, -0.005997486f, -0.2805052f, 0.48641166f, -0.00012927802f, -0.0055112876f,
  -0.000853856f, -0.0018463623f, 0.008727536f, -0.009070464f, -0.016463136f, 0.0053221183f, 1.0105624f,
  -0.004481102f, -0.0046194913f, 0.15706168f, 0.009934166f, -0.012434731f, -0.016490301f, 0.014625936f,
  0.1723422f, 0.15884379f, 0.15720595f, 0.12500124f, -0.02561912f, -0.11095694f, -0.16290535f, 1.5737728f,
  -0.43921012f, -0.31141448f, -0.30480403f, -0.28076908f, -0.00048136464f, 0.006379953f, -0.00267534f,
  -0.01450532f, 0.00088035996f, 0.0033252947f, -0.033489067f, 0.082921036f,
};
/* triangle_wave_TriangleWave7_hidden3/bias [8] */
static const float celsius_w5[8] = {
  -0.0008463954f, -0.0030185925f, 0.0012590284f, 0.030150779f, 0.0001450688f, -0.0034524703f, -0.0017617211f,
  -0.007845023f,
};
/* triangle_wave_TriangleWave7_hidden4/kernel [8, 8] */
static const float celsius_w6[64] = {
  1.0007273f, -0.0026479734f, -0.0011460125f, 0.041248307f, 0.00088431773f, 0.0028906353f, 0.0041535967f,
  0.42117503f, -0.35413653f, 0.37480757f, 0.34354803f, 1.7679195f, -0.036189225f, -0.21639277f, 0.12418275f,
  -1.4787055f, 0.9220483f, -0.9477122f, -0.6200889f, -0.13424928f, 0.047049783f, 0.32768658f, -0.20734745f,
  0.17571414f, -0.0010811762f, 0.00033477723f, -0.12232168f, 0.20237689f, 0.0011536014f, -0.0052317367f,
  -0.0039350386f, 0.3388704f, 0.0090668155f, -0.0010494563f, 0.0027859057f, -0.6021829f, 1.0090604f, 0.07294817f,
  -0.06000534f, -0.21487862f, -0.1938574f, 0.42198575f, 0.15623508f, 2.527388f, 1.71054f, 1.3368907f, 1.2938826f,
  -0.7897656f, -0.045014665f, 0.15052235f, -0.46865636f, -3.46515f, -2.5986927f, -2.1378124f, -2.4989748f,
  0.37833205f, 0.005382462f, -0.087934226f, 0.06679539f, -0.28887746f, 0.020157905f, -0.07265979f, -0.29878706f,
  0.2294343f,
};
/* triangle_wave_TriangleWave7_hidden4/bias [8] */
static const float celsius_w7[8] = {
  -0.00084443146f, 0.003566796f, -0.0037238458f, 0.11801917f, 0.0002466648f, -0.0020461185f, 0.0015692008f,
  0.20949537f,
};
/* triangle_wave_TriangleWave7_output/kernel [8, 1] */
static const float celsius_w8[8] = {
  40.592556f, -25.110636f, 105.47104f, -0.91895014f, 40.762638f, 70.866264f, -72.54204f, 0.09876865f,
};

/* Space for what lies between input and output; each piece serves several values in turn. */
static float celsius_work[16];

static float celsius_relu(float x) { return x < 0.0f ? 0.0f : x; }

void celsius(const float *x, float *y) {
  assert(x != 0);
  assert(y != 0);
  assert((uintptr_t)(x + 1) <= (uintptr_t)y || (uintptr_t)(y + 1) <= (uintptr_t)x); /* inputs and outputs may not overlap */
  float *const b0 = celsius_work;
  float *const b1 = celsius_work + 8;
  float *const b2 = celsius_work + 8;
  float *const b3 = celsius_work;
  {
    float sum0 = 0.0f;
    sum0 += x[0] * -0.0011178639f;
    b2[0] = sum0;
  }
  b2[0] = celsius_relu(b2[0] + 1.0998079f); // triangle_wave_TriangleWave7_clip
  for (int32_t i = 0; i < 2; i++) {
    float sum0 = 0.0f, sum1 = 0.0f, sum2 = 0.0f, sum3 = 0.0f;
    int32_t at = i * 4;
    float a = b2[0];
    sum0 += a * celsius_w0[at];
    sum1 += a * celsius_w0[at + 1];
    sum2 += a * celsius_w0[at + 2];
    sum3 += a * celsius_w0[at + 3];
    b0[i * 4] = sum0;
    b0[i * 4 + 1] = sum1;
    b0[i * 4 + 2] = sum2;
    b0[i * 4 + 3] = sum3;
  }
  for (int32_t i = 0; i < 8; i++) b0[i] = celsius_relu(b0[i] + celsius_w1[i]); // triangle_wave_TriangleWave7_hidden1
  for (int32_t i = 0; i < 2; i++) {
    float sum0 = 0.0f, sum1 = 0.0f, sum2 = 0.0f, sum3 = 0.0f;
    for (int32_t j = 0; j < 8; j++) {
      int32_t at = j * 8 + i * 4;
      float a = b0[j];
      sum0 += a * celsius_w2[at];
      sum1 += a * celsius_w2[at + 1];
      sum2 += a * celsius_w2[at + 2];
      sum3 += a * celsius_w2[at + 3];
    }
    b1[i * 4] = sum0;
    b1[i * 4 + 1] = sum1;
    b1[i * 4 + 2] = sum2;
    b1[i * 4 + 3] = sum3;
  }
  for (int32_t i = 0; i < 8; i++) b1[i] = celsius_relu(b1[i] + celsius_w3[i]); // triangle_wave_TriangleWave7_hidden2
  for (int32_t i = 0; i < 2; i++) {
    float sum0 = 0.0f, sum1 = 0.0f, sum2 = 0.0f, sum3 = 0.0f;
    for (int32_t j = 0; j < 8; j++) {
      int32_t at = j * 8 + i * 4;
      float a = b1[j];
      sum0 += a * celsius_w4[at];
      sum1 += a * celsius_w4[at + 1];
      sum2 += a * celsius_w4[at + 2];
      sum3 += a * celsius_w4[at + 3];
    }
    b0[i * 4] = sum0;
    b0[i * 4 + 1] = sum1;
    b0[i * 4 + 2] = sum2;
    b0[i * 4 + 3] = sum3;
  }
  for (int32_t i = 0; i < 8; i++) b0[i] = celsius_relu(b0[i] + celsius_w5[i]); // triangle_wave_TriangleWave7_hidden3
  for (int32_t i = 0; i < 2; i++) {
    float sum0 = 0.0f, sum1 = 0.0f, sum2 = 0.0f, sum3 = 0.0f;
    for (int32_t j = 0; j < 8; j++) {
      int32_t at = j * 8 + i * 4;
      float a = b0[j];
      sum0 += a * celsius_w6[at];
      sum1 += a * celsius_w6[at + 1];
      sum2 += a * celsius_w6[at + 2];
      sum3 += a * celsius_w6[at + 3];
    }
    b1[i * 4] = sum0;
    b1[i * 4 + 1] = sum1;
    b1[i * 4 + 2] = sum2;
    b1[i * 4 + 3] = sum3;
  }
  for (int32_t i = 0; i < 8; i++) b1[i] = celsius_relu(b1[i] + celsius_w7[i]); // triangle_wave_TriangleWave7_hidden4
  {
    float sum0 = 0.0f;
    for (int32_t i = 0; i < 8; i++) sum0 += b1[i] * celsius_w8[i];
    b3[0] = sum0;
  }
  y[0] = b3[0] + -83.752304f; // triangle_wave_TriangleWave7_output
}
