/** The networks whose whole steps are timed: ours, and what a person would take in their place. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {dense, wht} from '../../examples/node/models';

export interface StepNetwork {
  name: string;
  inputs: number;
  classes: number;
  batch: number;
  ours(): tf.LayersModel;
  /** The dense network of about the same accuracy, where one is known, and where it was measured. */
  rival?: {name: string; of: string; build(): tf.LayersModel};
  /** The same mathematics, for PyTorch. */
  torch?: TorchNetwork;
}

/** [expand, signs, transform, two slopes] x blocks; then `read` units of one more transform, and a dense layer if there are classes. */
export interface TorchNetwork {
  inputs: number;
  width: number;
  blocks: number;
  expand: 'tile' | 'pad';
  read: number;
  /** null where the units that are read are the outputs. */
  classes: number | null;
}

const randomBias = 0; // as the experiments of the examples

interface Blocks {
  name: string;
  inputs: number;
  width: number;
  blocks: number;
  read?: number;
  batch: number;
  rival?: {widths: number[]; of: string};
}

/** A network of `npm start`: blocks and a dense read-out. */
function classifier({name, inputs, width, blocks, read, batch, rival}: Blocks): StepNetwork {
  const classes = 10;
  const options = {inputs, classes, width, blocks, parametersPerBreakpoint: 2, readOutWidth: read, randomBias};
  const other = rival && dense(inputs, rival.widths, classes);
  return {
    name,
    inputs,
    classes,
    batch,
    ours: () => wht(options).build(1),
    rival: other && {name: other.name, of: rival.of, build: () => other.build(1)},
    torch: {inputs, width, blocks, expand: 2 * inputs > width ? 'pad' : 'tile', read: read ?? width, classes},
  };
}

/** Layers of a million units: no dense network of their accuracy is known, and one of their width has no place. */
function million(layers: number): StepNetwork {
  const [inputs, classes, width] = [784, 10, 2 ** 20];
  const layer = (i: number) => ({seed: i + 1, randomBias, ...(i === 0 && {inputShape: [inputs]})});
  return {
    name: `784, ${layers} x 2^20, 10 of them read`,
    inputs,
    classes,
    batch: 8,
    ours: () => {
      const model = tf.sequential();
      for (let i = 0; i < layers; i++) {
        model.add(pw.layers.whtProjection({units: width, activation: 'reluPair', ...layer(i)}));
      }
      model.add(pw.layers.whtProjection({units: classes, ...layer(layers)}));
      return model;
    },
    torch: {inputs, width, blocks: layers, expand: 'tile', read: classes, classes: null},
  };
}

const waves: StepNetwork = {
  name: '64-(32 waves of 16 pieces)-128-10',
  inputs: 64,
  classes: 10,
  batch: 64,
  ours: () =>
    tf.sequential({
      layers: [
        pw.layers.regionDense({units: 128, subnets: 32, depth: 4, seed: 1, inputShape: [64]}),
        tf.layers.dense({units: 10}),
      ],
    }),
};

export const NETWORKS: readonly StepNetwork[] = [
  classifier({
    name: 'digits: 64, 2 x 256, 10',
    inputs: 64,
    width: 256,
    blocks: 2,
    read: 16,
    batch: 64,
    rival: {widths: [48], of: 'npm start'},
  }),
  classifier({
    name: 'Fashion-MNIST: 784, 4 x 1024 to 128, 10',
    inputs: 784,
    width: 1024,
    blocks: 4,
    read: 128,
    batch: 128,
    rival: {widths: [40], of: 'npm start -- --dataset fashion-mnist'},
  }),
  classifier({name: '784, 4 x 1024, 10', inputs: 784, width: 1024, blocks: 4, batch: 128}),
  classifier({
    name: 'Fashion-MNIST: 784, 12 x 1024 to 128, 10',
    inputs: 784,
    width: 1024,
    blocks: 12,
    read: 128,
    batch: 128,
    rival: {widths: [40], of: 'npm start -- --dataset fashion-mnist'},
  }),
  million(1),
  million(4),
  waves,
];

/** Small ones, to see that it works. */
export const QUICK_NETWORKS = [NETWORKS[0], waves];
