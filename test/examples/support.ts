/** How many labels there are of each of 10 classes. */
export function histogram(labels: Uint8Array): number[] {
  const counts = new Array<number>(10).fill(0);
  for (const label of labels) counts[label]++;
  return counts;
}

export function meanAndVariance(x: Float32Array): [number, number] {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  return [mean, x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length];
}

/** An IDX file of bytes. */
export function idx(shape: number[], data: ArrayLike<number>): Uint8Array {
  const file = new Uint8Array(4 + 4 * shape.length + data.length);
  file.set([0, 0, 8, shape.length]);
  shape.forEach((size, axis) => {
    new DataView(file.buffer).setUint32(4 + 4 * axis, size);
  });
  file.set(data, 4 + 4 * shape.length);
  return file;
}
