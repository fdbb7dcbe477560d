import {knownSizes, type LayerCall, type Lowering, refuse} from '../layer_call';
import {product, reshaped} from '../shapes';
import {channelsLast, withChannelsLast} from './channels_last';

/** Values stay what and where they are: also what only does something in training. */
export const identity: Lowering = ({inputs: [x]}) => x;

export const flatten: Lowering = (call, graph) => {
  const [x] = call.inputs;
  const last = call.config.dataFormat === 'channelsFirst' ? withChannelsLast(graph, x) : x;
  return graph.reshape(last, [null, product(knownSizes(call, x.shape))]);
};

export const reshape: Lowering = (call, graph) => {
  const sizes = knownSizes(call, call.inputs[0].shape);
  // tfjs leaves a size of -1 open.
  return graph.reshape(call.inputs[0], [null, ...reshaped(sizes, call.outputShape.slice(1))]);
};

export const permute: Lowering = ({inputs: [x], config}, graph) =>
  graph.transpose(x, [0, ...(config.dims as number[])]);

export const repeatVector: Lowering = (call, graph) => {
  const [x] = call.inputs;
  return graph.tile(graph.reshape(x, [null, 1, ...knownSizes(call, x.shape)]), 1, call.config.n as number);
};

export const zeroPadding2d: Lowering = channelsLast((call, graph) =>
  graph.pad(call.inputs[0], [[0, 0], ...pairsOf(call, 'padding'), [0, 0]]),
);

export const cropping2d: Lowering = channelsLast((call, graph) => {
  const [, height, width] = call.outputShape;
  const [[top], [left]] = pairsOf(call, 'cropping');
  if (height === null || width === null) knownSizes(call, call.outputShape);
  return graph.slice(graph.slice(call.inputs[0], 1, top, height!), 2, left, width!);
});

const pairsOf = ({config}: LayerCall, option: string) => config[option] as [[number, number], [number, number]];

export const upSampling2d: Lowering = channelsLast((call, graph) => {
  const {size, interpolation} = call.config;
  const [height, width] = knownSizes(call, call.outputShape);
  if (!isMethod(interpolation)) {
    refuse(call, "interpolation must be 'nearest' or 'bilinear'", String(interpolation), 'Use one of those.');
  }
  const attributes = {method: interpolation, factors: size as [number, number], size: [height, width] as const};
  return graph.emit('resize', call.inputs, call.outputShape, attributes);
});

const isMethod = (value: unknown): value is 'nearest' | 'bilinear' => value === 'nearest' || value === 'bilinear';
