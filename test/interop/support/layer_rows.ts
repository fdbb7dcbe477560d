import * as tf from '@tensorflow/tfjs';
import {layers as ours} from 'tfjs-piecewise';

/** A configuration of layers of tfjs, as a model of its own. */
export interface LayerRow {
  readonly title: string;
  readonly inputShape: readonly number[];
  readonly make: () => tf.layers.Layer[];
}

const L = tf.layers;
const row = (title: string, inputShape: number[], ...make: (() => tf.layers.Layer)[]): LayerRow => ({
  title,
  inputShape,
  make: () => make.map((one) => one()),
});

export function modelOf({make, inputShape}: LayerRow): tf.LayersModel {
  const input = tf.input({shape: [...inputShape]});
  const output = make().reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, input);
  return tf.model({inputs: input, outputs: output});
}

const first = 'channelsFirst';
const volumes = [5, 4, 6, 2];
const windows3d = {kernelSize: [3, 2, 3], strides: [2, 1, 2]} as const;
const pool3d = {poolSize: [2, 3, 2], strides: [2, 1, 3]} as const;
const same3d = {poolSize: [2, 3, 2], strides: [3, 1, 2], padding: 'same'} as const;
const sides = [
  [1, 0],
  [0, 2],
] as [[number, number], [number, number]];

/** All paddings, and strides longer and shorter than windows. */
const transposed = (['same', 'valid'] as const).flatMap((padding) =>
  [1, 2, 3, 4, 5].map((kernel) =>
    row(`Conv2DTranspose, ${padding}, kernel ${kernel}`, [4, 3, 2], () =>
      L.conv2dTranspose({filters: 3, kernelSize: [kernel, 2], strides: [3, 2], padding, activation: 'relu'}),
    ),
  ),
);

/** tfjs gives these their inputs as a list, which they do not take, so a model with one of them cannot run there. */
export const RESIZING_ROWS: readonly LayerRow[] = (['nearest', 'bilinear'] as const).flatMap((interpolation) =>
  [true, false].flatMap((cropToAspectRatio) =>
    [
      [1, 1],
      [3, 5],
      [4, 10],
      [7, 13],
    ].map(([height, width]) =>
      row(`Resizing, ${interpolation}, ${height} x ${width}, crop ${cropToAspectRatio}`, [4, 7, 2], () =>
        L.resizing({height, width, interpolation, cropToAspectRatio}),
      ),
    ),
  ),
);

const recurrent = (['relu', 'tanh', 'linear'] as const).flatMap((activation) =>
  [true, false].map((returnSequences) =>
    row(`SimpleRNN, ${activation}, sequences ${returnSequences}`, [4, 3], () =>
      L.simpleRNN({units: 5, activation, returnSequences, goBackwards: activation === 'tanh'}),
    ),
  ),
);

const bothWays = (['concat', 'sum', 'ave', 'mul'] as const).flatMap((mergeMode) =>
  [true, false].map((returnSequences) =>
    row(`Bidirectional, ${mergeMode}, sequences ${returnSequences}`, [4, 3], () =>
      L.bidirectional({
        layer: L.simpleRNN({units: 2, activation: 'relu', returnSequences}) as tf.RNN,
        mergeMode,
      }),
    ),
  ),
);

const wrapper = (layer: tf.layers.Layer) => () => L.timeDistributed({layer});

/** What `everyLayer` lacks: layers and options that Keras has otherwise, or that need an input of their own. */
export const LAYER_ROWS: readonly LayerRow[] = [
  row('Conv3D', volumes, () => L.conv3d({filters: 3, ...windows3d, activation: 'relu'} as never)),
  row('Conv3D, same', volumes, () => L.conv3d({filters: 3, ...windows3d, padding: 'same'} as never)),
  row('Conv3D, dilated', volumes, () => L.conv3d({filters: 2, kernelSize: 2, dilationRate: 2, padding: 'same'})),
  row('Conv3D, channels first', [2, 5, 4, 6], () =>
    L.conv3d({filters: 3, kernelSize: 2, dataFormat: first, activation: 'softmax'}),
  ),
  row('MaxPooling3D', volumes, () => L.maxPooling3d({...pool3d} as never)),
  row('MaxPooling3D, same', volumes, () => L.maxPooling3d({...same3d} as never)),
  row('MaxPooling3D, channels first', [2, 5, 4, 6], () => L.maxPooling3d({poolSize: 2, dataFormat: first} as never)),
  row('AveragePooling3D', volumes, () => L.averagePooling3d({...pool3d} as never)),
  row('AveragePooling3D, same', volumes, () => L.averagePooling3d({...same3d} as never)),
  ...transposed,
  row('Conv2DTranspose, channels first', [2, 3, 4], () =>
    L.conv2dTranspose({filters: 3, kernelSize: 3, strides: 2, padding: 'same', dataFormat: first}),
  ),
  row('Conv3DTranspose', [3, 2, 4, 2], () =>
    L.conv3dTranspose({filters: 3, kernelSize: [3, 2, 1], strides: [2, 1, 2], activation: 'relu'} as never),
  ),
  row('Conv3DTranspose, same', [3, 2, 4, 2], () =>
    L.conv3dTranspose({filters: 3, kernelSize: [3, 4, 2], strides: [2, 3, 1], padding: 'same'} as never),
  ),
  row('Conv3DTranspose, channels first', [2, 3, 2, 4], () =>
    L.conv3dTranspose({filters: 3, kernelSize: 2, strides: 2, dataFormat: first} as never),
  ),
  row('Conv2D, channels first', [3, 6, 5], () =>
    L.conv2d({filters: 4, kernelSize: 3, strides: 2, padding: 'same', dataFormat: first, activation: 'softmax'}),
  ),
  row('DepthwiseConv2D, channels first', [3, 6, 5], () =>
    L.depthwiseConv2d({kernelSize: 3, depthMultiplier: 2, dataFormat: first, activation: 'softmax'}),
  ),
  row('SeparableConv2D, channels first, no bias', [3, 6, 5], () =>
    L.separableConv2d({filters: 4, kernelSize: 3, dataFormat: first, useBias: false, activation: 'softmax'}),
  ),
  row('MaxPooling2D, channels first', [3, 6, 5], () => L.maxPooling2d({poolSize: [2, 3], dataFormat: first})),
  row('AveragePooling2D, channels first', [3, 6, 5], () =>
    L.averagePooling2d({poolSize: 3, strides: 2, padding: 'same', dataFormat: first}),
  ),
  row('GlobalMaxPooling2D, channels first', [3, 6, 5], () => L.globalMaxPooling2d({dataFormat: first})),
  row('GlobalAveragePooling2D, channels first', [3, 6, 5], () => L.globalAveragePooling2d({dataFormat: first})),
  row('ZeroPadding2D, channels first', [3, 6, 5], () => L.zeroPadding2d({padding: sides, dataFormat: first})),
  row('Cropping2D, channels first', [3, 6, 5], () => L.cropping2D({cropping: sides, dataFormat: first})),
  row('UpSampling2D, channels first', [3, 6, 5], () => L.upSampling2d({size: [2, 3], dataFormat: first})),
  row('UpSampling2D, bilinear', [4, 5, 3], () => L.upSampling2d({size: [3, 2], interpolation: 'bilinear'})),
  row('Flatten, channels first', [3, 6, 5], () => L.flatten({dataFormat: first})),
  row('TimeDistributed, dense', [3, 4], wrapper(L.dense({units: 5, activation: 'relu'}))),
  row('TimeDistributed, conv2d', [3, 5, 4, 2], wrapper(L.conv2d({filters: 3, kernelSize: 2}))),
  row('TimeDistributed, batch normalization', [3, 4], wrapper(L.batchNormalization())),
  row('TimeDistributed, flatten', [1, 4, 2], wrapper(L.flatten())),
  row('TimeDistributed, a simple RNN', [3, 4, 2], wrapper(L.simpleRNN({units: 3, activation: 'relu'}))),
  row('TimeDistributed, a ReLU pair', [3, 4], wrapper(ours.reluPair({useBias: true}))),
  row('TimeDistributed, a model', [3, 4], () =>
    L.timeDistributed({
      layer: tf.sequential({
        layers: [L.dense({units: 3, inputShape: [4], activation: 'relu'}), L.dropout({rate: 0.5}), L.dense({units: 2})],
      }),
    }),
  ),
  ...recurrent,
  ...bothWays,
  row('SpatialDropout1D', [3, 4], () => L.spatialDropout1d({rate: 0.5})),
  row(
    'RepeatVector and Permute',
    [3],
    () => L.repeatVector({n: 4}),
    () => L.permute({dims: [2, 1]}),
  ),
];
