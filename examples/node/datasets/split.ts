/** Parts of a labelled set, as indices into it. */
export interface Split {
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

export interface SplitOptions {
  /** Examples to set aside for validation, over all classes. */
  validation?: number;
  /** Examples to set aside for testing, over all classes. */
  test?: number;
  seed?: number;
}

/**
 * Deals examples into training, validation and test, each class in proportion to its size.
 *
 * The examples are put in the order of a hash of (seed, index); in this order the first ones of a class go to the test
 * part, the next to validation, the rest to training. Integer arithmetic only: the same split on every machine.
 *
 * @throws If less than one example is left for training.
 */
export function stratifiedSplit(labels: Uint8Array, {validation = 0, test = 0, seed = 0}: SplitOptions = {}): Split {
  const whole = [validation, test].every((n) => Number.isInteger(n) && n >= 0);
  if (!whole || !(validation + test < labels.length)) {
    throw new Error(
      `stratifiedSplit: validation and test must be whole numbers that leave some of the ${labels.length} examples ` +
        `for training, but are ${validation} and ${test}. Ask for fewer.`,
    );
  }
  const sizes = classSizes(labels);
  const testLeft = shares(sizes, test);
  const validationLeft = shares(
    sizes.map((size, label) => size - testLeft[label]),
    validation,
  );
  const parts = {train: [] as number[], validation: [] as number[], test: [] as number[]};
  for (const index of shuffledIndices(labels.length, seed)) {
    const label = labels[index];
    if (testLeft[label] > 0) {
      testLeft[label]--;
      parts.test.push(index);
    } else if (validationLeft[label] > 0) {
      validationLeft[label]--;
      parts.validation.push(index);
    } else {
      parts.train.push(index);
    }
  }
  return {
    train: Int32Array.from(parts.train),
    validation: Int32Array.from(parts.validation),
    test: Int32Array.from(parts.test),
  };
}

/** 0 .. n-1 in the order of their hashes; the hash is a bijection, so there are no ties. */
export function shuffledIndices(n: number, seed: number): Int32Array {
  const key = fmix32(seed);
  const hashes = Float64Array.from({length: n}, (_, index) => fmix32(index ^ key));
  return Int32Array.from({length: n}, (_, index) => index).sort((a, b) => hashes[a] - hashes[b]);
}

/** The finalizer of MurmurHash3 (Austin Appleby): every input bit reaches every output bit. */
function fmix32(h: number): number {
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function classSizes(labels: Uint8Array): number[] {
  const sizes: number[] = [];
  for (const label of labels) sizes[label] = (sizes[label] ?? 0) + 1;
  return Array.from(sizes, (size) => size ?? 0);
}

/** Shares `total` out in proportion to `sizes`, rounded so that the sum is exact: largest remainders first. */
function shares(sizes: readonly number[], total: number): number[] {
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const result = sizes.map((size) => Math.floor((size * total) / all));
  const remainder = (label: number) => (sizes[label] * total) % all;
  const order = sizes.map((_, label) => label).sort((a, b) => remainder(b) - remainder(a) || a - b);
  const missing = total - result.reduce((sum, share) => sum + share, 0);
  for (const label of order.slice(0, missing)) result[label]++;
  return result;
}
