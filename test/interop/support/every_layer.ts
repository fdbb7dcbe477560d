import * as tf from '@tensorflow/tfjs';
import {layers as ours} from 'tfjs-piecewise';
import {uniform} from '../../support/random';
import {through} from '../../support/through';

type Symbolic = tf.SymbolicTensor;

/** Weights that have moved away from where they start, as training would move them; moving variances stay positive. */
export function disturb(model: tf.LayersModel): void {
  tf.tidy(() => {
    const moved = model.weights.map((weight, i) => {
      const w = weight.read();
      const low = weight.originalName.includes('variance') ? 0 : -0.3;
      return tf.add(w, tf.tensor(uniform(w.size, i + 1, low, 0.3), w.shape));
    });
    model.setWeights(moved);
  });
}

/** Images [8, 8, 3] and vectors [12]; every layer that is exported, except for those of `beyondKeras` and of `LAYER_ROWS`. */
export function everyLayer(): tf.LayersModel {
  const image = tf.input({shape: [8, 8, 3], name: 'image'});
  const vector = tf.input({shape: [12], name: 'vector'});
  const seen = imageLayers(image);
  const known = vectorLayers(vector);
  const both = tf.layers.concatenate().apply([seen, known]) as Symbolic;
  const classes = through(both, tf.layers.dense({units: 5, activation: 'softmax', name: 'classes'}));
  const value = through(both, tf.layers.dense({units: 1, activation: 'softplus', name: 'value'}));
  const model = tf.model({inputs: [image, vector], outputs: [classes, value], name: 'every_layer'});
  disturb(model);
  return model;
}

/** What Keras 3 has no layer for, or one with other outputs. */
export function beyondKeras(): tf.LayersModel {
  const upSampling = tf.layers.upSampling2d({size: [2, 3], interpolation: 'bilinear', inputShape: [3, 4, 2]});
  return tf.sequential({layers: [upSampling, tf.layers.thresholdedReLU({theta: 0.2})]});
}

function imageLayers(image: Symbolic): Symbolic {
  const {layers} = tf;
  const left = through(
    image,
    layers.rescaling({scale: 0.5, offset: 0.1}),
    layers.zeroPadding2d({
      padding: [
        [1, 0],
        [0, 2],
      ],
    }),
    layers.conv2d({filters: 4, kernelSize: [3, 2], strides: 2, padding: 'same', activation: 'relu6'}),
    layers.batchNormalization(),
    layers.conv2d({filters: 4, kernelSize: [2, 3], dilationRate: 2, padding: 'same'}),
    layers.depthwiseConv2d({kernelSize: 3, depthMultiplier: 2, padding: 'same', activation: 'elu'}),
    layers.maxPooling2d({poolSize: 2, strides: 2, padding: 'same'}),
    layers.upSampling2d({size: [2, 2]}),
    layers.gaussianNoise({stddev: 0.1}),
  );
  const right = through(
    image,
    layers.separableConv2d({filters: 8, kernelSize: 3, dilationRate: 2, padding: 'valid', activation: 'selu'}),
    layers.prelu({sharedAxes: [1, 2]}),
    layers.averagePooling2d({poolSize: 3, strides: 2, padding: 'same'}),
    layers.upSampling2d({size: [3, 3]}),
    layers.cropping2D({
      cropping: [
        [1, 1],
        [0, 2],
      ],
    }),
    ours.reluPair({sharedAxes: [1, 2]}),
  );
  const pooled = [
    layers.globalAveragePooling2d({}).apply(left),
    layers.globalMaxPooling2d({}).apply(left),
    layers.globalAveragePooling2d({}).apply(right),
    through(right, layers.flatten(), layers.dense({units: 8, activation: 'tanh'})),
  ] as Symbolic[];
  return layers.average().apply(pooled) as Symbolic;
}

function vectorLayers(vector: Symbolic): Symbolic {
  const {layers} = tf;
  const {whtProjection, reluPair, triangleWave, regionDense, blockDense} = ours;
  // A model in the model, and used twice.
  const shared = tf.sequential({
    name: 'shared',
    layers: [
      whtProjection({units: 16, rounds: 2, seed: 1, trainableSigns: true, useBias: true, inputShape: [12]}),
      reluPair({parametricFraction: 0.5, seed: 2, useBias: true}),
      layers.dropout({rate: 0.5}),
      blockDense({size: 4, activation: 'sigmoid'}),
      whtProjection({units: 12, seed: 3, activation: 'reluPair'}),
    ],
  });
  const once = shared.apply(vector) as Symbolic;
  const twice = shared.apply(once) as Symbolic;
  const tokens = through(
    twice,
    layers.reshape({targetShape: [3, 4]}),
    layers.permute({dims: [2, 1]}),
    whtProjection({units: 6, axis: 1, seed: 4, expand: 'pad', contract: 'head', activation: 'swish'}),
    layers.layerNormalization(),
    triangleWave({depth: 3, curvature: 'dc', inputNorm: 'sigmoid'}),
    layers.flatten(),
  );
  const inTime = through(
    once,
    layers.reshape({targetShape: [6, 2]}),
    layers.conv1d({filters: 3, kernelSize: 2, dilationRate: 2, padding: 'same', activation: 'relu'}),
  );
  const inWindows = [
    layers.maxPooling1d({poolSize: 3, strides: 2}),
    layers.averagePooling1d({poolSize: 3, padding: 'same'}),
  ].map((pooling) => through(inTime, pooling, layers.flatten()));
  const names = ['gelu', 'gelu_new', 'hardSigmoid', 'logSoftmax', 'mish', 'softsign', 'linear'] as const;
  const bent = names.map((activation) => through(tokens, layers.activation({activation: activation as 'relu'})));
  const layersOfOne = [layers.leakyReLU(), layers.reLU({maxValue: 0.7}), layers.elu()];
  const joined = [
    layers.add().apply(bent.slice(0, 3)),
    layers.multiply().apply(bent.slice(3, 5)),
    layers.maximum().apply(bent.slice(5)),
    layers.minimum().apply(layersOfOne.map((layer) => layer.apply(tokens) as Symbolic)),
    layers.softmax().apply(tokens),
    ...inWindows,
  ] as Symbolic[];
  return through(
    layers.concatenate({axis: -1}).apply(joined) as Symbolic,
    regionDense({units: 8, depth: 3, subnets: 6, activation: 'tanh'}),
    layers.repeatVector({n: 2}),
    layers.globalMaxPooling1d({}),
    layers.alphaDropout({rate: 0.2}),
    layers.gaussianDropout({rate: 0.2}),
    layers.dense({units: 8, activation: 'relu'}),
  );
}
