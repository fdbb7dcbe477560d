/** Convolutions of volumes [depth, height, width, channels]; images and sequences are volumes of size 1 along other axes. */

import {blocks, inOrder, placesIn, repeat} from './affine';
import {addChannels, addFilters, NonzeroTerms, Reach, type View} from './convolution_terms';
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
  let reach: Reach | null = null;

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
    few(x) {
      reach ??= new Reach(view, filters);
      reach.look(x, channels);
      terms.readFew(x);
      const {sums, starts, count} = reach;
      for (let b = 0; b < count; b++) {
        const to = starts[b];
        const under = terms.under(seen, (to / filters) * positions, block, run);
        if (step === 0) addFilters(sums, to, filters, kernel, terms, under);
        else addChannels(sums.fill(0, to, to + filters), to, {run, step}, kernel, terms, under);
      }
      return {sums, starts, block: filters, count};
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

function isZero(values: Float64Array, from: number, count: number): boolean {
  for (let i = from; i < from + count; i++) if (values[i] !== 0) return false;
  return true;
}
