import type {GraphBuilder} from '../builder';
import {knownSizes, type LayerCall, type Lowering, refuse, type Weight, withBias} from '../layer_call';
import type {Value} from '../operations';
import {withActivation} from './activation';
import {channelsLast} from './channels_last';
import {requireNoGaps} from './convolution';

/**
 * A transposed convolution of images or volumes: output `stride * q + r` is a convolution at q with every stride-th entry of the kernel, from r on. So one
 * convolution gives all r of a q as channels, which then move to their places. Every format has it for any batch, where the
 * operations of their own differ in padding and want to know the batch.
 */
export const transposedConv: Lowering = withActivation(
  channelsLast((call, graph) => {
    const {strides, padding} = call.config as {strides: number[]; padding: string};
    if (padding !== 'same' && padding !== 'valid') {
      refuse(call, "padding must be 'same' or 'valid'", String(padding), 'Use one of those.');
    }
    const known = knownSizes(call, call.inputs[0].shape).slice(0, -1);
    const {kernel} = call.weights;
    requireNoGaps(call, {padding, strides}, kernel.shape, call.outputShape.slice(1, -1));
    const phases = phasesOf(kernel, strides);
    const taps = phases.shape.slice(0, -2);
    const x = graph.pad(call.inputs[0], [[0, 0], ...taps.map((n): [number, number] => [n - 1, n - 1]), [0, 0]]);
    const sizes = known.map((size, axis) => size + taps[axis] - 1);
    const ones = strides.map(() => 1);
    const all = graph.emit(
      'conv',
      [x, graph.constant(`${call.name}/kernel`, phases.values, phases.shape)],
      [null, ...sizes, phases.shape.at(-1)!],
      {strides: ones, dilations: ones, padding: 'valid'},
    );
    return withBias(call, cut(call, graph, spread(graph, all, strides), padding), graph);
  }),
);

const product = (list: readonly number[]) => list.reduce((all, size) => all * size, 1);

/** [...sizes, filters, channels] as [...taps, channels, strides x filters]; taps go from end to start, those beyond the kernel are 0. */
function phasesOf({values, shape}: Weight, strides: readonly number[]): Weight {
  const [filters, channels] = shape.slice(-2);
  const sizes = shape.slice(0, -2);
  const taps = sizes.map((size, axis) => Math.ceil(size / strides[axis]));
  const count = product(strides);
  const phases = new Float32Array(product(taps) * channels * count * filters);
  for (let position = 0; position < product(sizes); position++) {
    let [tap, phase, rest] = [0, 0, position];
    for (let axis = 0; axis < sizes.length; axis++) {
      const inner = product(sizes.slice(axis + 1));
      const at = Math.floor(rest / inner);
      rest %= inner;
      tap = tap * taps[axis] + taps[axis] - 1 - Math.floor(at / strides[axis]);
      phase = phase * strides[axis] + (at % strides[axis]);
    }
    for (let filter = 0; filter < filters; filter++) {
      for (let channel = 0; channel < channels; channel++) {
        const to = ((tap * channels + channel) * count + phase) * filters + filter;
        phases[to] = values[(position * filters + filter) * channels + channel];
      }
    }
  }
  return {values: phases, shape: [...taps, channels, count * filters]};
}

/** The channels that stand for places between those of an axis, put there. */
function spread(graph: GraphBuilder, x: Value, strides: readonly number[]): Value {
  const sizes = x.shape.slice(1) as number[];
  const last = sizes.length - 1;
  return strides.reduce((y, stride, axis) => {
    sizes[last] /= stride;
    const [before, after] = [product(sizes.slice(0, axis + 1)), product(sizes.slice(axis + 1, last))];
    const apart = graph.reshape(y, [null, before, after, stride, sizes[last]]);
    sizes[axis] *= stride;
    return graph.reshape(graph.transpose(apart, [0, 1, 3, 2, 4]), [null, ...sizes]);
  }, x);
}

/** What the padding leaves. */
function cut({weights, config, outputShape}: LayerCall, graph: GraphBuilder, x: Value, padding: string): Value {
  return (config.strides as number[]).reduce((y, stride, axis) => {
    const start = padding === 'same' ? Math.floor(Math.max(weights.kernel.shape[axis] - stride, 0) / 2) : 0;
    const size = outputShape[axis + 1]!;
    return y.shape[axis + 1] === size ? y : graph.slice(y, axis + 1, start, size);
  }, x);
}
