/** What lies under the windows of a convolution, and its sums: loops over the numbers that are not 0. */

import type {Few} from './steps';

/** The pixels that each place of an output sees, one for each position of the window; -1 beside the volume. */
export interface View {
  seen: Int32Array;
  positions: number;
  pixelCount: number;
}

/** The places of an output that see some pixels. */
export class Reach {
  readonly sums: Float64Array;
  readonly starts: Int32Array;
  count = 0;
  /** The places that see each pixel, one after the other; and where those of a pixel begin. */
  private readonly places: Int32Array;
  private readonly firsts: Int32Array;
  private readonly isFound: Uint8Array;

  constructor(
    {seen, positions, pixelCount}: View,
    private readonly filters: number,
  ) {
    const placeCount = seen.length / positions;
    this.sums = new Float64Array(placeCount * filters);
    this.starts = new Int32Array(placeCount);
    this.isFound = new Uint8Array(placeCount);
    this.firsts = new Int32Array(pixelCount + 2);
    for (const pixel of seen) this.firsts[pixel + 2]++;
    this.firsts[1] = 0;
    for (let pixel = 2; pixel < this.firsts.length; pixel++) this.firsts[pixel] += this.firsts[pixel - 1];
    this.places = new Int32Array(seen.length);
    for (let i = 0; i < seen.length; i++) {
      if (seen[i] >= 0) this.places[this.firsts[seen[i] + 1]++] = Math.floor(i / positions);
    }
  }

  look({places, count}: Few, channels: number): void {
    this.count = 0;
    let last = -1;
    for (let i = 0; i < count; i++) {
      const pixel = Math.floor(places[i] / channels);
      if (pixel === last) continue;
      last = pixel;
      for (let k = this.firsts[pixel]; k < this.firsts[pixel + 1]; k++) {
        const place = this.places[k];
        if (this.isFound[place]) continue;
        this.isFound[place] = 1;
        this.starts[this.count++] = place * this.filters;
      }
    }
    for (let b = 0; b < this.count; b++) this.isFound[this.starts[b] / this.filters] = 0;
  }
}

/** The numbers of a volume that are not 0, and those of them that lie under a window. */
export class NonzeroTerms {
  /** Under the window: the number, its first weight, and its channel. */
  readonly values: Float64Array;
  readonly weights: Int32Array;
  readonly channels: Int32Array;
  private readonly starts: Int32Array; // by pixel
  private readonly allValues: Float64Array;
  private readonly allChannels: Int32Array;

  constructor(
    private readonly pixelCount: number,
    private readonly channelCount: number,
    private readonly positions: number,
  ) {
    const most = positions * channelCount;
    [this.values, this.weights, this.channels] = [new Float64Array(most), new Int32Array(most), new Int32Array(most)];
    this.starts = new Int32Array(pixelCount + 1);
    this.allValues = new Float64Array(pixelCount * channelCount);
    this.allChannels = new Int32Array(pixelCount * channelCount);
  }

  read(x: Float64Array, from: number): void {
    const {starts, allValues, allChannels, channelCount} = this;
    let count = 0;
    for (let pixel = 0, at = from; pixel < this.pixelCount; pixel++) {
      starts[pixel] = count;
      for (let channel = 0; channel < channelCount; channel++, at++) {
        if (x[at] === 0) continue; // most units are off, and of a correction nearly all
        allValues[count] = x[at];
        allChannels[count++] = channel;
      }
    }
    starts[this.pixelCount] = count;
  }

  readFew({places, values, count}: Few): void {
    const {starts, allValues, allChannels, channelCount} = this;
    for (let pixel = 0, i = 0; pixel <= this.pixelCount; pixel++) {
      starts[pixel] = i;
      for (const end = (pixel + 1) * channelCount; i < count && places[i] < end; i++) {
        allValues[i] = values[i];
        allChannels[i] = places[i] - pixel * channelCount;
      }
    }
  }

  /** How many lie under the window whose pixels stand in `seen` from there on. */
  under(seen: Int32Array, from: number, block: number, run: number): number {
    const {values, weights, channels, starts, allValues, allChannels} = this;
    let count = 0;
    for (let position = 0; position < this.positions; position++) {
      const pixel = seen[from + position];
      if (pixel < 0) continue;
      for (let i = starts[pixel]; i < starts[pixel + 1]; i++) {
        channels[count] = allChannels[i];
        weights[count] = position * block + allChannels[i] * run;
        values[count++] = allValues[i];
      }
    }
    return count;
  }
}

/** Adds up all terms for each filter: eight sums at a time stay in registers, which takes a third of the time. */
export function addFilters(
  y: Float64Array,
  to: number,
  filters: number,
  kernel: Float64Array,
  {values, weights}: NonzeroTerms,
  count: number,
): void {
  if (count === 0) return;
  let filter = 0;
  for (; filter + 8 <= filters; filter += 8) {
    let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < count; i++) {
      const x = values[i];
      const k = weights[i] + filter;
      a += x * kernel[k];
      b += x * kernel[k + 1];
      c += x * kernel[k + 2];
      d += x * kernel[k + 3];
      e += x * kernel[k + 4];
      f += x * kernel[k + 5];
      g += x * kernel[k + 6];
      h += x * kernel[k + 7];
    }
    const at = to + filter;
    y[at] = a;
    y[at + 1] = b;
    y[at + 2] = c;
    y[at + 3] = d;
    y[at + 4] = e;
    y[at + 5] = f;
    y[at + 6] = g;
    y[at + 7] = h;
  }
  for (; filter < filters; filter++) {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += values[i] * kernel[weights[i] + filter];
    y[to + filter] = sum;
  }
}

/** Adds each term to the filters of its channel. */
export function addChannels(
  y: Float64Array,
  to: number,
  {run, step}: {run: number; step: number},
  kernel: Float64Array,
  {values, weights, channels}: NonzeroTerms,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const at = to + channels[i] * step;
    for (let j = 0; j < run; j++) y[at + j] += values[i] * kernel[weights[i] + j];
  }
}
