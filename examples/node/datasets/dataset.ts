/** What every loader returns, and the step from bytes to standardized floats. */

/** Labelled images: `x` holds `count` images of `imageShape` one after the other, `y` their class numbers. */
export interface Examples {
  readonly x: Float32Array;
  readonly y: Uint8Array;
  readonly count: number;
}

export interface Dataset {
  readonly name: string;
  readonly numClasses: number;
  /** Height, width, channels. */
  readonly imageShape: readonly [number, number, number];
  readonly train: Examples;
  /** Null if the data set has none and none was asked for. */
  readonly validation: Examples | null;
  readonly test: Examples;
  /** Pixels are stored as `(pixel - mean) / std`, with these two numbers from the training images. */
  readonly scaling: Scaling;
  /** The folder that was read. */
  readonly source: string;
}

export interface Scaling {
  readonly mean: number;
  readonly std: number;
}

/** Images as they come from a file. */
export interface RawImages {
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
}

/**
 * One mean and one standard deviation for all pixels of the chosen images. (One pair for each pixel would divide by
 * zero where no image has ink.) The sums are of integers below 2^53, so every machine gets the same
 * numbers.
 */
export function pixelScaling({pixels, labels}: RawImages, indices: Int32Array): Scaling {
  const size = pixels.length / labels.length;
  let sum = 0;
  let squares = 0;
  for (const index of indices) {
    for (let i = index * size; i < (index + 1) * size; i++) {
      sum += pixels[i];
      squares += pixels[i] * pixels[i];
    }
  }
  const count = indices.length * size;
  const mean = sum / count;
  return {mean, std: Math.sqrt(squares / count - mean * mean)};
}

/** The chosen images, in the order of `indices`, standardized. */
export function takeExamples({pixels, labels}: RawImages, indices: Int32Array, {mean, std}: Scaling): Examples {
  const size = pixels.length / labels.length;
  const scaled = Float32Array.from({length: 256}, (_, pixel) => (pixel - mean) / std);
  const x = new Float32Array(indices.length * size);
  const y = new Uint8Array(indices.length);
  for (let row = 0; row < indices.length; row++) {
    const start = indices[row] * size;
    for (let i = 0; i < size; i++) x[row * size + i] = scaled[pixels[start + i]];
    y[row] = labels[indices[row]];
  }
  return {x, y, count: indices.length};
}
