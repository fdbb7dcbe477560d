/** Convolutions of volumes [depth, height, width, channels]; images and sequences are volumes of size 1 along other axes. */

import {blocks, inOrder, placesIn, repeat} from './affine';
import type {Volume} from './layer_call';
import type {Affine} from './steps';
import {pixels, type Windowing} from './windows';

/** With kernel [depth, height, width, channels, filters]. */
export function convolution(
  kernel: Float64Array,
  bias: Float64Array | null,
  volume: Volume,
  windowing: Windowing,
): Affine {
  const channels = volume[3];
  const filters = kernel.length / positionsOf(windowing) / channels;
  return slide(kernel, bias, viewOf(volume, windowing), {channels, filters, run: filters, step: 0});
}

/** Each channel with kernels of its own, [depth, height, width, channels, filters per channel]. */
export function depthwiseConvolution(
  kernel: Float64Array,
  bias: Float64Array | null,
  volume: Volume,
  windowing: Windowing,
): Affine {
  const channels = volume[3];
  const filters = kernel.length / positionsOf(windowing);
  const run = filters / channels;
  return slide(kernel, bias, viewOf(volume, windowing), {channels, filters, run, step: run});
}

/**
 * What the gradient of a convolution does: each pixel of the input adds a window to the output, a volume that is given. With
 * kernel [depth, height, width, filters, channels].
 */
export function transposedConvolution(
  kernel: Float64Array,
  bias: Float64Array | null,
  output: Volume,
  windowing: Windowing,
): Affine {
  const [own, sizes] = [kernel, kernel.map(Math.abs)].map((weights) => convolution(weights, null, output, windowing));
  return {
    kind: 'affine',
    inputs: own.outputs,
    outputs: own.inputs,
    linear: own.transposed,
    absolute: sizes.transposed,
    transposed: own.linear,
    bias: bias && repeat(bias, own.inputs / output[3]),
    multiplyAdds: own.multiplyAdds,
  };
}

const positionsOf = ({size}: Windowing) => size[0] * size[1] * size[2];

/** The pixels that each place of an output sees, one for each position of the window; -1 beside the volume. */
interface View {
  seen: Int32Array;
  positions: number;
  pixelCount: number;
}

const viewOf = (volume: Volume, windowing: Windowing): View => ({
  seen: pixels(volume, windowing),
  positions: positionsOf(windowing),
  pixelCount: volume[0] * volume[1] * volume[2],
});

/** The view of some places, of the pixels that they see. */
function croppedView({seen, positions}: View, places: Int32Array) {
  const some = blocks(places, positions).map((at) => seen[at]);
  const own = inOrder(some.filter((pixel) => pixel >= 0));
  const at = placesIn(own);
  const view = {seen: some.map((pixel) => at.get(pixel) ?? -1), positions, pixelCount: own.length};
  return {view, pixels: own};
}

/** Channel c adds to `run` of the filters, from filter c * step on. */
interface Channels {
  channels: number;
  filters: number;
  run: number;
  step: number;
}

/** The map that adds up, for each place of the window, what each of its positions adds. */
function slide(
  kernel: Float64Array,
  bias: Float64Array | null,
  view: View,
  layout: Channels,
  size = kernel.map(Math.abs),
): Affine {
  const {seen, positions, pixelCount} = view;
  const {channels, filters, run, step} = layout;
  const [inputs, block] = [pixelCount * channels, channels * run];
  const places = seen.length / positions;
  const outputs = places * filters;
  const terms = new NonzeroTerms(pixelCount, channels, positions);

  const apply = (weights: Float64Array) => (x: Float64Array, rows: number) => {
    const y = new Float64Array(rows * outputs);
    for (let row = 0; row < rows; row++) {
      terms.read(x, row * inputs);
      for (let place = 0; place < places; place++) {
        const count = terms.under(seen, place * positions, block, run);
        const to = row * outputs + place * filters;
        if (step === 0) addFilters(y, to, filters, weights, terms, count);
        else addChannels(y, to, {run, step}, weights, terms, count);
      }
    }
    return y;
  };
  return {
    kind: 'affine',
    inputs,
    outputs,
    linear: apply(kernel),
    absolute: apply(size),
    transposed(y, rows) {
      const x = new Float64Array(rows * inputs);
      for (let row = 0, to = 0; row < rows; row++) {
        for (let place = 0; place < places; place++, to += filters) {
          if (isZero(y, to, filters)) continue; // bounds of one unit begin with one
          for (let position = 0; position < positions; position++) {
            const pixel = seen[place * positions + position];
            if (pixel < 0) continue;
            const from = row * inputs + pixel * channels;
            for (let channel = 0, k = position * block; channel < channels; channel++) {
              const start = to + channel * step;
              let [i, a, b, c, d] = [0, 0, 0, 0, 0]; // four sums do not wait for each other
              for (; i + 4 <= run; i += 4, k += 4) {
                a += y[start + i] * kernel[k];
                b += y[start + i + 1] * kernel[k + 1];
                c += y[start + i + 2] * kernel[k + 2];
                d += y[start + i + 3] * kernel[k + 3];
              }
              for (; i < run; i++, k++) a += y[start + i] * kernel[k];
              x[from + channel] += a + b + (c + d);
            }
          }
        }
      }
      return x;
    },
    at(output, x, sizes) {
      const place = Math.floor(output / filters);
      const filter = output - place * filters;
      const first = step === 0 ? 0 : Math.floor(filter / step);
      const last = step === 0 ? channels : first + 1;
      let [value, size] = [0, 0];
      for (let position = 0; position < positions; position++) {
        const pixel = seen[place * positions + position];
        if (pixel < 0) continue;
        for (let channel = first; channel < last; channel++) {
          const at = pixel * channels + channel;
          const weight = kernel[position * block + channel * run + filter - channel * step];
          value += x[at] * weight;
          size += Math.abs(sizes[at] * weight);
        }
      }
      return [value, size];
    },
    crop(wanted) {
      const own = inOrder(wanted.map((output) => Math.floor(output / filters)));
      const {view: some, pixels: under} = croppedView(view, own);
      const cropped = slide(kernel, bias, some, layout, size);
      return {step: cropped, inputs: blocks(under, channels), outputs: blocks(own, filters)};
    },
    madeOf: [kernel, seen, bias ?? []],
    bias: bias && repeat(bias, places),
    multiplyAdds: places * kernel.length,
  };
}

/** The numbers of a volume that are not 0, and those of them that lie under a window. */
class NonzeroTerms {
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
function addFilters(
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
function addChannels(
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

function isZero(values: Float64Array, from: number, count: number): boolean {
  for (let i = from; i < from + count; i++) if (values[i] !== 0) return false;
  return true;
}
