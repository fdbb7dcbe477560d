/**
 * The three members of a convolution as sums over everything, in doubles: sum over n, rows, columns, taps and channels of
 * x[n, row * stride + i * dilation - top, ..., c] * filter[i, j, c, k] * dy[n, row, column, k], differentiated by one of them.
 */

import type {backend_util} from '@tensorflow/tfjs';

type Shape = [number, number, number, number];
export type Padding = Parameters<typeof backend_util.computeConv2DInfo>[4];

export interface Convolution {
  x: Shape;
  filter: Shape;
  strides?: number | [number, number];
  dilations?: number | [number, number];
  pad: Padding;
  isDepthwise: boolean;
}

const both = (size: number | [number, number] = 1): [number, number] =>
  typeof size === 'number' ? [size, size] : size;

/** Output sizes and the padding before, from the definitions of 'same' and 'valid'. */
export function outputOf({x, filter, strides, dilations, pad, isDepthwise}: Convolution) {
  const [stride, dilation] = [both(strides), both(dilations)];
  const sides = [0, 1].map((side) => {
    const span = (filter[side] - 1) * dilation[side] + 1;
    const size = x[side + 1];
    if (pad === 'same') {
      const out = Math.ceil(size / stride[side]);
      return {out, before: Math.floor(Math.max(0, (out - 1) * stride[side] + span - size) / 2)};
    }
    const [before, after] = pad === 'valid' ? [0, 0] : typeof pad === 'number' ? [pad, pad] : pad[side + 1];
    return {out: Math.floor((size + before + after - span) / stride[side]) + 1, before};
  });
  const channels = isDepthwise ? filter[2] * filter[3] : filter[3];
  return {shape: [x[0], sides[0].out, sides[1].out, channels] as Shape, before: sides.map(({before}) => before)};
}

/** Visits each product of the sum. */
function eachProduct(conv: Convolution, visit: (x: number, filter: number, y: number) => void): void {
  const {x, filter, isDepthwise} = conv;
  const [stride, dilation] = [both(conv.strides), both(conv.dilations)];
  const {shape, before} = outputOf(conv);
  const index = ([, h, w, c]: Shape, at: number[]) => ((at[0] * h + at[1]) * w + at[2]) * c + at[3];
  for (let n = 0; n < x[0]; n++)
    for (let c = 0; c < filter[2]; c++)
      for (let k = 0; k < filter[3]; k++)
        for (let i = 0; i < filter[0]; i++)
          for (let j = 0; j < filter[1]; j++)
            for (let row = 0; row < shape[1]; row++)
              for (let column = 0; column < shape[2]; column++) {
                const [h, w] = [row, column].map(
                  (at, side) => at * stride[side] + [i, j][side] * dilation[side] - before[side],
                );
                if (h < 0 || h >= x[1] || w < 0 || w >= x[2]) continue;
                const out = isDepthwise ? c * filter[3] + k : k;
                visit(index(x, [n, h, w, c]), index(filter, [i, j, c, k]), index(shape, [n, row, column, out]));
              }
}

const sizeOf = (shape: number[]) => shape.reduce((product, size) => product * size, 1);

export function output(conv: Convolution, x: ArrayLike<number>, filter: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(sizeOf(outputOf(conv).shape));
  eachProduct(conv, (a, b, c) => {
    sums[c] += x[a] * filter[b];
  });
  return sums;
}

export function filterGradient(conv: Convolution, x: ArrayLike<number>, dy: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(sizeOf(conv.filter));
  eachProduct(conv, (a, b, c) => {
    sums[b] += x[a] * dy[c];
  });
  return sums;
}

export function inputGradient(conv: Convolution, dy: ArrayLike<number>, filter: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(sizeOf(conv.x));
  eachProduct(conv, (a, b, c) => {
    sums[a] += dy[c] * filter[b];
  });
  return sums;
}
