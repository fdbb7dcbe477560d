/**
 * AssemblyScript: what the module of convolutions exports. `npm run build:wasm` writes it to ../convolution_bytes.ts.
 *
 * The derivatives of a convolution that takes x [batch, inHeight, inWidth, channels] to y [batch, outHeight, outWidth,
 * outChannels]: `kind` says which of them, see ../convolution.ts. All three walk over the same places: for each row of y and
 * each tap of the filter a run of pixels of x that meet a run of pixels of y. What is summed is cleared first.
 */

import {depthwiseFilter, depthwiseInput, filter} from './convolution_runs';

const FILTER: i32 = 0;
const DEPTHWISE_FILTER: i32 = 1;

export function convolutionGradient(
  kind: i32,
  x: usize,
  y: usize,
  w: usize,
  batch: i32,
  inHeight: i32,
  inWidth: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  outChannels: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  dilationHeight: i32,
  dilationWidth: i32,
  top: i32,
  left: i32,
): void {
  const pixel = <usize>channels << 2;
  const outPixel = <usize>outChannels << 2;
  const tap = kind == FILTER ? <usize>channels * outPixel : outPixel;
  if (kind <= DEPTHWISE_FILTER) memory.fill(w, 0, <usize>(filterHeight * filterWidth) * tap);
  else memory.fill(x, 0, <usize>batch * <usize>inHeight * <usize>inWidth * pixel);
  for (let n: i32 = 0; n < batch; n++) {
    for (let row: i32 = 0; row < outHeight; row++, y += <usize>outWidth * outPixel) {
      for (let i: i32 = 0; i < filterHeight; i++) {
        const inRow = row * strideHeight + i * dilationHeight - top;
        if (inRow < 0 || inRow >= inHeight) continue;
        const image = x + (<usize>n * <usize>inHeight + <usize>inRow) * <usize>inWidth * pixel;
        for (let j: i32 = 0; j < filterWidth; j++) {
          // Pixel `column` of y meets pixel `column * strideWidth + offset` of x.
          const offset = j * dilationWidth - left;
          let from: i32 = offset < 0 ? (strideWidth - 1 - offset) / strideWidth : 0;
          const room = inWidth - offset;
          const to: i32 = room <= 0 ? 0 : min(outWidth, (room - 1) / strideWidth + 1);
          if (from >= to) continue;
          const count = to - from;
          const xs = image + <usize>(from * strideWidth + offset) * pixel;
          const ys = y + <usize>from * outPixel;
          const ws = w + <usize>(i * filterWidth + j) * tap;
          const step = <usize>strideWidth * pixel;
          if (kind == FILTER) filter(xs, step, ys, count, ws, pixel, outPixel);
          else if (kind == DEPTHWISE_FILTER) depthwiseFilter(xs, step, ys, count, ws, pixel, outPixel);
          else depthwiseInput(xs, step, ys, count, ws, pixel, outPixel);
        }
      }
    }
  }
}
