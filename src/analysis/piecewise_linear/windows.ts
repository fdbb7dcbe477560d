/** The places of the input that each place of an output sees: images [height, width, channels]. */

export interface Windowing {
  size: [number, number];
  strides: [number, number];
  dilation: [number, number];
  padding: 'valid' | 'same';
}

/** What one axis of an image does: for each output, the input under each position of the window; -1 beside the image. */
export function places(inputs: number, axis: 0 | 1, {size, strides, dilation, padding}: Windowing): number[][] {
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

/** The units under each window of a pooling, one window for each place and channel of the output. */
export function windows([height, width, channels]: number[], windowing: Windowing): Int32Array[] {
  const rows = places(height, 0, windowing);
  const columns = places(width, 1, windowing);
  const inside = (all: number[]) => all.filter((at) => at >= 0);
  return rows.flatMap((row) =>
    columns.flatMap((column) =>
      Array.from({length: channels}, (_, channel) =>
        Int32Array.from(inside(row).flatMap((y) => inside(column).map((x) => (y * width + x) * channels + channel))),
      ),
    ),
  );
}
