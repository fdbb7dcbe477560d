import type {GraphBuilder} from '../builder';
import {knownSizes, type LayerCall, type Lowering, refuse, weight, withBias} from '../layer_call';
import type {Size, Value, Windows} from '../operations';
import {withActivation} from './activation';
import {channelsLast} from './channels_last';

/** How the windows of a layer lie. */
export function windowsOf(call: LayerCall): Windows {
  const {padding, strides, kernelSize, poolSize} = call.config;
  if (padding !== 'same' && padding !== 'valid') {
    refuse(call, "padding must be 'same' or 'valid'", String(padding), 'Put a padding layer before it.');
  }
  const windows = {padding, strides: alongAxes(strides as number[])} as const;
  requireNoGaps(call, windows, (kernelSize ?? poolSize) as number[], call.inputs[0].shape.slice(1, -1));
  return windows;
}

/**
 * On volumes tfjs counts padding below zero where windows of padding 'same' leave out values at the ends: cpu and wasm then take
 * values beside those that tensorflow takes.
 */
export function requireNoGaps(
  call: LayerCall,
  {padding, strides}: Windows,
  spans: readonly number[],
  sizes: readonly Size[],
): void {
  if (padding === 'valid' || sizes.length < 3) return;
  const hasGaps = sizes.some((n, axis) => {
    const [stride, span] = [strides[axis], spans[axis]];
    return span < stride && (n === null || (Math.ceil(n / stride) - 1) * stride + span < n);
  });
  if (!hasGaps) return;
  const expected = "windows of padding 'same' must cover volumes from end to end";
  refuse(
    call,
    expected,
    `windows ${spans} for strides ${strides}`,
    "The backends of tfjs disagree: use padding 'valid'.",
  );
}

/** What is said of an axis of time, of images one wide. */
export const alongAxes = (numbers: readonly number[]): readonly number[] =>
  numbers.length === 1 ? [numbers[0], 1] : numbers;

/** [batch, time, channels] as images one wide, for as long as it takes. */
export function asImages(call: LayerCall, graph: GraphBuilder, lower: (images: LayerCall) => Value): Value {
  const [input] = call.inputs;
  const [length, channels] = knownSizes(call, input.shape);
  const [newLength, newChannels] = knownSizes(call, call.outputShape);
  const images = graph.reshape(input, [null, length, 1, channels]);
  const y = lower({...call, inputs: [images], outputShape: [null, newLength, 1, newChannels]});
  return graph.reshape(y, call.outputShape);
}

/** A convolution of images or volumes. */
export const conv: Lowering = withActivation(
  channelsLast((call, graph) => {
    const attributes = {...windowsOf(call), dilations: call.config.dilationRate as number[]};
    const y = graph.emit('conv', [call.inputs[0], weight(call, 'kernel', graph)], call.outputShape, attributes);
    return withBias(call, y, graph);
  }),
);

export const conv1d: Lowering = withActivation((call, graph) => {
  // The config does not say so.
  if ((call.layer as {dataFormat?: unknown}).dataFormat === 'channelsFirst') {
    const fix = 'tfjs gives its output the channels last, against what it says of its shape.';
    refuse(call, "dataFormat must be 'channelsLast'", "'channelsFirst'", fix);
  }
  return asImages(call, graph, (images) => {
    const {shape} = call.weights.kernel;
    const kernel = weight(call, 'kernel', graph, [shape[0], 1, ...shape.slice(1)]);
    const attributes = {...windowsOf(call), dilations: alongAxes(call.config.dilationRate as number[])};
    const y = graph.emit('conv', [images.inputs[0], kernel], images.outputShape, attributes);
    return withBias(call, y, graph);
  });
});

/** tfjs ignores the dilation of these, but not of separable ones. */
export const depthwiseConv2d: Lowering = withActivation(
  channelsLast((call, graph) => withBias(call, depthwise(call, graph, call.outputShape, [1, 1]), graph)),
);

/** tfjs applies the activation of these before it puts the channels first. */
const separable = channelsLast(
  withActivation((call, graph) => {
    const [, , channels, multiplier] = call.weights.depthwise_kernel.shape;
    const shape = [...call.outputShape.slice(0, -1), channels * multiplier];
    const inner = depthwise(call, graph, shape, call.config.dilationRate as number[]);
    const pointwise = {strides: [1, 1], dilations: [1, 1], padding: 'valid'} as const;
    const y = graph.emit('conv', [inner, weight(call, 'pointwise_kernel', graph)], call.outputShape, pointwise);
    return withBias(call, y, graph);
  }),
);

export const separableConv2d: Lowering = (call, graph) => {
  if (call.config.dataFormat === 'channelsFirst' && call.weights.bias) {
    const fix = 'tfjs adds the bias along the height. Use useBias: false, or put the channels last.';
    refuse(call, "dataFormat must be 'channelsLast' where there is a bias", "'channelsFirst'", fix);
  }
  return separable(call, graph);
};

function depthwise(call: LayerCall, graph: GraphBuilder, shape: readonly Size[], dilations: readonly number[]): Value {
  const kernel = weight(call, 'depthwise_kernel', graph);
  return graph.emit('depthwiseConv2d', [call.inputs[0], kernel], shape, {...windowsOf(call), dilations});
}
