/** Convolutions of volumes [depth, height, width, channels]; images and sequences are volumes of size 1 along other axes. */

import {blocks, inOrder, placesIn, repeat} from './affine';
import {addChannels, addFilters, NonzeroTerms, Reach, type View} from './convolution_terms';
import type {Volume} from './layer_call';
import type {Affine, Cropped, Few, Reached} from './steps';
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
  return new Sliding(kernel, bias, viewOf(volume, windowing), {channels, filters, run: filters, step: 0});
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
  return new Sliding(kernel, bias, viewOf(volume, windowing), {channels, filters, run, step: run});
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
    linear: (x, rows) => own.transposed(x, rows),
    absolute: (x, rows) => sizes.transposed(x, rows),
    transposed: (y, rows) => own.linear(y, rows),
    bias: bias && repeat(bias, own.inputs / output[3]),
    multiplyAdds: own.multiplyAdds,
  };
}

const positionsOf = ({size}: Windowing) => size[0] * size[1] * size[2];

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

/**
 * The map that adds up, for each place of the window, what each of its positions adds. A class, so that all convolutions of a
 * network share their machine code.
 */
class Sliding implements Affine {
  readonly kind = 'affine';
  readonly inputs: number;
  readonly outputs: number;
  readonly madeOf: readonly ArrayLike<number>[];
  readonly bias: Float64Array | null;
  readonly multiplyAdds: number;
  private readonly places: number;
  /** Weights of all filters for one pixel. */
  private readonly block: number;
  private readonly terms: NonzeroTerms;
  private reach: Reach | null = null;

  constructor(
    private readonly kernel: Float64Array,
    private readonly filterBias: Float64Array | null,
    private readonly view: View,
    private readonly layout: Channels,
    private readonly size = kernel.map(Math.abs),
  ) {
    const {seen, positions, pixelCount} = view;
    const {channels, filters, run} = layout;
    this.inputs = pixelCount * channels;
    this.block = channels * run;
    this.places = seen.length / positions;
    this.outputs = this.places * filters;
    this.terms = new NonzeroTerms(pixelCount, channels, positions);
    this.madeOf = [kernel, seen, filterBias ?? []];
    this.bias = filterBias && repeat(filterBias, this.places);
    this.multiplyAdds = this.places * kernel.length;
  }

  linear(x: Float64Array, rows: number): Float64Array {
    return this.times(this.kernel, x, rows);
  }

  absolute(x: Float64Array, rows: number): Float64Array {
    return this.times(this.size, x, rows);
  }

  private times(weights: Float64Array, x: Float64Array, rows: number): Float64Array {
    const y = new Float64Array(rows * this.outputs);
    for (let row = 0; row < rows; row++) {
      this.terms.read(x, row * this.inputs);
      for (let place = 0; place < this.places; place++) {
        this.addPlace(y, row * this.outputs + place * this.layout.filters, place, weights);
      }
    }
    return y;
  }

  /** Adds up what lies under the window at a place. */
  private addPlace(y: Float64Array, to: number, place: number, weights: Float64Array): void {
    const {terms, layout, view, block} = this;
    const count = terms.under(view.seen, place * view.positions, block, layout.run);
    if (layout.step === 0) addFilters(y, to, layout.filters, weights, terms, count);
    else addChannels(y, to, layout, weights, terms, count);
  }

  transposed(y: Float64Array, rows: number): Float64Array {
    const {kernel, inputs, places, block} = this;
    const {seen, positions} = this.view;
    const {channels, filters, run, step} = this.layout;
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
  }

  few(x: Few, of: 'linear' | 'absolute' = 'linear'): Reached {
    const {filters, step} = this.layout;
    const weights = of === 'linear' ? this.kernel : this.size;
    this.reach ??= new Reach(this.view, filters);
    const {sums, starts} = this.reach;
    this.reach.look(x, this.layout.channels);
    this.terms.readFew(x);
    for (let b = 0; b < this.reach.count; b++) {
      const to = starts[b];
      if (step !== 0) sums.fill(0, to, to + filters);
      this.addPlace(sums, to, to / filters, weights);
    }
    return {sums, starts, block: filters, count: this.reach.count};
  }

  at(output: number, x: Float64Array, sizes: Float64Array): [value: number, size: number] {
    const {kernel, block} = this;
    const {seen, positions} = this.view;
    const {channels, filters, run, step} = this.layout;
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
  }

  crop(wanted: readonly number[]): Cropped {
    const {filters, channels} = this.layout;
    const own = inOrder(wanted.map((output) => Math.floor(output / filters)));
    const {view: some, pixels: under} = croppedView(this.view, own);
    const step = new Sliding(this.kernel, this.filterBias, some, this.layout, this.size);
    return {step, inputs: blocks(under, channels), outputs: blocks(own, filters)};
  }
}

function isZero(values: Float64Array, from: number, count: number): boolean {
  for (let i = from; i < from + count; i++) if (values[i] !== 0) return false;
  return true;
}
