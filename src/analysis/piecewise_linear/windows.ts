/** The places of the input that each place of an output sees: volumes [depth, height, width, channels]. */

import type {Volume} from './layer_call';

type PerAxis = readonly [depth: number, height: number, width: number];

export interface Windowing {
  size: PerAxis;
  strides: PerAxis;
  dilation: PerAxis;
  padding: 'valid' | 'same';
}

/** What one axis does: for each output, the input under each position of the window; -1 beside the volume. */
function placesAlong(inputs: number, axis: number, {size, strides, dilation, padding}: Windowing): number[][] {
  const span = dilation[axis] * (size[axis] - 1) + 1;
  const stride = strides[axis];
  const outputs = padding === 'same' ? Math.ceil(inputs / stride) : Math.ceil((inputs - span + 1) / stride);
  const missing = padding === 'same' ? Math.max(0, (outputs - 1) * stride + span - inputs) : 0;
  const before = Math.floor(missing / 2);
  return Array.from({length: outputs}, (_, output) =>
    Array.from({length: size[axis]}, (__, position) => {
      const at = output * stride - before + position * dilation[axis];
      return at >= 0 && at < inputs ? at : -1;
    }),
  );
}

/** Place after place of the output, the pixel of the input under each position of the window; -1 beside the volume. */
export function pixels([depth, height, width]: Volume, windowing: Windowing): Int32Array {
  const [slices, rows, columns] = [depth, height, width].map((size, axis) => placesAlong(size, axis, windowing));
  const [z, y, x] = windowing.size;
  const seen = new Int32Array(slices.length * rows.length * columns.length * z * y * x);
  let at = 0;
  for (const slice of slices) {
    for (const row of rows) {
      for (const column of columns) {
        for (const i of slice) {
          for (const j of row) {
            for (const k of column) seen[at++] = i < 0 || j < 0 || k < 0 ? -1 : (i * height + j) * width + k;
          }
        }
      }
    }
  }
  return seen;
}

/** The units under each window of a pooling, one window for each place and channel of the output. */
export function windows(volume: Volume, windowing: Windowing): Int32Array[] {
  const channels = volume[3];
  const [z, y, x] = windowing.size;
  const seen = pixels(volume, windowing);
  const all: Int32Array[] = [];
  for (let at = 0; at < seen.length; at += z * y * x) {
    const inside = seen.subarray(at, at + z * y * x).filter((pixel) => pixel >= 0);
    for (let channel = 0; channel < channels; channel++) all.push(inside.map((pixel) => pixel * channels + channel));
  }
  return all;
}
