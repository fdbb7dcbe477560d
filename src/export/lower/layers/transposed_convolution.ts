import type {GraphBuilder} from '../builder';
import {knownSizes, type LayerCall, type Lowering, refuse, type Weight, withBias} from '../layer_call';
import type {Value} from '../operations';
import {withActivation} from './activation';
import {channelsLast} from './channels_last';
import {requireNoGaps} from './convolution';

/**
 * Of images or volumes: zeros between the values, as many as the stride leaves, then a convolution with the kernel turned around.
 * So every format has it for any batch, where the operations of their own differ in padding and want to know the batch.
 */
export const transposedConv: Lowering = withActivation(
  channelsLast((call, graph) => {
    const {strides, padding} = call.config as {strides: number[]; padding: string};
    if (padding !== 'same' && padding !== 'valid') {
      refuse(call, "padding must be 'same' or 'valid'", String(padding), 'Use one of those.');
    }
    const {kernel} = call.weights;
    requireNoGaps(call, {padding, strides}, kernel.shape, call.outputShape.slice(1, -1));
    const ends = strides.map((stride, axis): [number, number] => {
      const size = kernel.shape[axis];
      const overlap = Math.max(size - stride, 0);
      const cut = padding === 'same' ? Math.floor(overlap / 2) : 0;
      return [size - 1 - cut, padding === 'same' ? cut : overlap];
    });
    const x = graph.pad(spread(call, graph, strides), [[0, 0], ...ends, [0, 0]]);
    const turned = turnedAround(kernel);
    const ones = strides.map(() => 1);
    const y = graph.emit(
      'conv',
      [x, graph.constant(`${call.name}/kernel`, turned.values, turned.shape)],
      call.outputShape,
      {strides: ones, dilations: ones, padding: 'valid'},
    );
    return withBias(call, y, graph);
  }),
);

/** Each value followed by zeros, `stride - 1` along each axis. */
function spread(call: LayerCall, graph: GraphBuilder, strides: readonly number[]): Value {
  const [input] = call.inputs;
  const sizes = knownSizes(call, input.shape);
  return strides.reduce((x, stride, axis) => {
    if (stride === 1) return x;
    const product = (list: readonly number[]) => list.reduce((all, size) => all * size, 1);
    const apart = graph.reshape(x, [null, product(sizes.slice(0, axis + 1)), 1, product(sizes.slice(axis + 1))]);
    const padded = graph.pad(apart, [
      [0, 0],
      [0, 0],
      [0, stride - 1],
      [0, 0],
    ]);
    sizes[axis] *= stride;
    return graph.reshape(padded, [null, ...sizes]);
  }, input);
}

/** [...sizes, filters, channels] as [...sizes, channels, filters], from end to start along each size. */
function turnedAround({values, shape}: Weight): Weight {
  const [filters, channels] = shape.slice(-2);
  const block = filters * channels;
  const positions = values.length / block;
  const turned = Float32Array.from(values, (_, i) => {
    const position = positions - 1 - Math.floor(i / block);
    const [channel, filter] = [Math.floor((i % block) / filters), i % filters];
    return values[position * block + filter * channels + channel];
  });
  return {values: turned, shape: [...shape.slice(0, -2), channels, filters]};
}
