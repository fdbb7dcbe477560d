import type {GraphBuilder} from '../builder';
import {knownSizes, type LayerCall, type Lowering, refuse, requireChannelsLast, weight, withBias} from '../layer_call';
import type {Size, Value, Windows} from '../operations';
import {activated} from './activation';

type Pair = readonly [number, number];

/** How the windows of a layer lie. */
export function windowsOf(call: LayerCall): Windows {
  requireChannelsLast(call);
  const {padding, strides} = call.config;
  if (padding !== 'same' && padding !== 'valid') {
    refuse(call, "padding must be 'same' or 'valid'", String(padding), 'Put a padding layer before it.');
  }
  return {padding, strides: alongLength(strides as Pair | readonly [number])};
}

/** What is said of an axis of time, of images one wide. */
export const alongLength = ([height, width = 1]: readonly [number, number?]): Pair => [height, width];

/** [batch, time, channels] as images one wide, for as long as it takes. */
export function asImages(call: LayerCall, graph: GraphBuilder, lower: (images: LayerCall) => Value): Value {
  const [input] = call.inputs;
  const [length, channels] = knownSizes(call, input.shape);
  const [newLength, newChannels] = knownSizes(call, call.outputShape);
  const images = graph.reshape(input, [null, length, 1, channels]);
  const y = lower({...call, inputs: [images], outputShape: [null, newLength, 1, newChannels]});
  return graph.reshape(y, call.outputShape);
}

export const conv2d: Lowering = (call, graph) => {
  const attributes = {...windowsOf(call), dilations: call.config.dilationRate as Pair};
  const y = graph.emit('conv2d', [call.inputs[0], weight(call, 'kernel', graph)], call.outputShape, attributes);
  return activated(call, withBias(call, y, graph), graph);
};

export const conv1d: Lowering = (call, graph) =>
  asImages(call, graph, (images) => {
    const {shape} = call.weights.kernel;
    const kernel = weight(call, 'kernel', graph, [shape[0], 1, ...shape.slice(1)]);
    const attributes = {...windowsOf(call), dilations: alongLength(call.config.dilationRate as readonly [number])};
    const y = graph.emit('conv2d', [images.inputs[0], kernel], images.outputShape, attributes);
    return activated(call, withBias(call, y, graph), graph);
  });

/** tfjs ignores the dilation of these, but not of separable ones. */
export const depthwiseConv2d: Lowering = (call, graph) => {
  const y = depthwise(call, graph, call.outputShape, [1, 1]);
  return activated(call, withBias(call, y, graph), graph);
};

export const separableConv2d: Lowering = (call, graph) => {
  const [, , channels, multiplier] = call.weights.depthwise_kernel.shape;
  const shape = [...call.outputShape.slice(0, -1), channels * multiplier];
  const inner = depthwise(call, graph, shape, call.config.dilationRate as Pair);
  const pointwise = {strides: [1, 1], dilations: [1, 1], padding: 'valid'} as const;
  const y = graph.emit('conv2d', [inner, weight(call, 'pointwise_kernel', graph)], call.outputShape, pointwise);
  return activated(call, withBias(call, y, graph), graph);
};

function depthwise(call: LayerCall, graph: GraphBuilder, shape: readonly Size[], dilations: Pair): Value {
  const kernel = weight(call, 'depthwise_kernel', graph);
  return graph.emit('depthwiseConv2d', [call.inputs[0], kernel], shape, {...windowsOf(call), dilations});
}
