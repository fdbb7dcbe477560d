import * as tf from '@tensorflow/tfjs';
import {Draw} from './draw';
import {ONE_INPUT, TWO_INPUTS} from './layers';
import {setWeights, WEIGHT_KINDS} from './weights';

/** Values of a layer, at most. */
const WIDEST = 36;

/** Classes that bend often, so that they make pieces; the others are drawn as often as each of these. */
const BENDING = ['Dense', 'ReLU', 'LeakyReLU', 'PReLU', 'ReLUPair', 'Activation', 'MaxPooling1D', 'MaxPooling2D'];

const OF_SPACE = Object.keys(ONE_INPUT).filter((name) => /[123]D$|RNN$|^Bidirectional$/.test(name));

export interface RandomNet {
  model: tf.LayersModel;
  inputShape: number[];
  /** Its classes of layers, and "weights: " with the kind of its weights. */
  kinds: string[];
}

/** A network of a few layers of any class, by its seed. */
export function randomNet(seed: number): RandomNet {
  const draw = new Draw(seed);
  const image = () => [draw.integer(2, 4), draw.integer(2, 3), draw.integer(1, 2)];
  const sequence = () => [draw.integer(2, 4), draw.integer(1, 3)];
  const inputShape = draw.oneOf([() => [draw.integer(1, 5)], () => [2], sequence, image, image])();
  const input = tf.input({shape: inputShape});
  let x = input;
  const depth = draw.integer(2, 7);
  while (x === input || draw.chance(1 - 1 / depth)) x = draw.chance(0.2) ? merged(x, draw) : next(x, draw);
  if (draw.chance(0.6)) {
    if (x.shape.length > 2) x = apply(tf.layers.flatten(), x);
    x = apply(tf.layers.dense({units: draw.integer(1, 2), kernelInitializer: 'zeros', useBias: draw.chance(0.5)}), x);
  }
  if (draw.chance(0.05)) x = apply(tf.layers.softmax(), x);
  const model = tf.model({inputs: input, outputs: x});
  const kind = draw.oneOf(Object.keys(WEIGHT_KINDS));
  for (const layer of model.layers) if (layer.weights.length > 0) setWeights(layer, WEIGHT_KINDS[kind], draw);
  const classes = model.layers.map((layer) => layer.getClassName()).filter((name) => name !== 'InputLayer');
  return {model, inputShape, kinds: [...new Set(classes), `weights: ${kind}`]};
}

const apply = (layer: tf.layers.Layer, x: tf.SymbolicTensor) => layer.apply(x) as tf.SymbolicTensor;
const shapeOf = (x: tf.SymbolicTensor) => x.shape.slice(1) as number[];
const sizeOf = (x: tf.SymbolicTensor) => shapeOf(x).reduce((product, n) => product * n, 1);

/** A layer, often of a class that takes images or sequences only: where x is one, the others would crowd it out. */
function next(x: tf.SymbolicTensor, draw: Draw): tf.SymbolicTensor {
  const shape = shapeOf(x);
  const names = draw.chance(0.3) ? BENDING : shape.length > 1 && draw.chance(0.5) ? OF_SPACE : Object.keys(ONE_INPUT);
  const layer = ONE_INPUT[draw.oneOf(names)](draw, shape);
  if (!layer) return next(x, draw);
  const y = apply(layer, x);
  return sizeOf(y) <= WIDEST ? y : x;
}

/** Two branches of one shape that meet again: often of units that bend at the same places. */
function merged(x: tf.SymbolicTensor, draw: Draw): tf.SymbolicTensor {
  const branch = () => {
    let y = x;
    for (const names of draw.chance(0.4) ? [AFFINE, BENDS, AFFINE, BENDS] : [AFFINE, BENDS]) {
      if (draw.chance(0.25)) continue;
      const name = draw.oneOf(names);
      const units = x.shape[x.shape.length - 1]!;
      const layer =
        name === 'Dense' ? tf.layers.dense({units, kernelInitializer: 'zeros'}) : ONE_INPUT[name](draw, shapeOf(x))!;
      y = apply(layer, y);
    }
    return y;
  };
  const layer = TWO_INPUTS[draw.oneOf(Object.keys(TWO_INPUTS))](draw);
  const y = layer.apply([branch(), branch()]) as tf.SymbolicTensor;
  return sizeOf(y) <= WIDEST ? y : x;
}

const AFFINE = ['Dense', 'Dense', 'Dense', 'BatchNormalization', 'Rescaling'];
const BENDS = ['ReLU', 'PReLU', 'LeakyReLU', 'Activation'];
