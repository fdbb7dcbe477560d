/** The networks that are compared: each of about a given number of parameters, in the shapes that are worth a try. */

import * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';
import {reluPair, whtProjection} from '../../layers';
import {counted} from '../data/counted';

export const FAMILIES = ['wht', 'dense'] as const;
export type Family = (typeof FAMILIES)[number];

export const TITLES: {[family in Family]: string} = {wht: 'Walsh-Hadamard', dense: 'dense ReLU'};

/** Inputs and outputs of a network. */
export interface Ends {
  inputs: number;
  outputs: number;
}

export interface Network {
  family: Family;
  /** Its widths, as a reader wants them. */
  name: string;
  /** Trainable numbers. */
  parameters: number;
  /** Its layers, without what stands before and after them. The same seed makes the same weights. */
  layers(seed: number): tf.layers.Layer[];
}

/**
 * One or two networks of a family with about `size` parameters: the nearest there is, from the least size to the most.
 *
 * @throws If the smallest has more, or the largest fewer; with the nearest size that works.
 */
export function networksOf(family: Family, size: number, ends: Ends, who: string): Network[] {
  const {find, least, most} = SHAPES[family];
  const [low, high] = [least(ends), most(ends)];
  if (size >= low && size <= high) return find(size, ends);
  const of = `a ${TITLES[family]} network of ${counted(ends.inputs, 'input')} and ${counted(ends.outputs, 'output')}`;
  const range = high === Infinity ? `${low} or more` : `from ${low} to ${high}`;
  return fail(who, `the size of ${of} must be ${range}`, size, `Take ${size < low ? low : high}.`);
}

interface Shapes {
  find(size: number, ends: Ends): Network[];
  /** The least and the largest size of which there are networks. */
  least(ends: Ends): number;
  most(ends: Ends): number;
}

const SHAPES: {readonly [family in Family]: Shapes} = {
  dense: {
    find: denseNetworks,
    // From here on the number of units of one hidden layer rounds to two.
    least: ({inputs, outputs}) => Math.ceil(1.5 * (inputs + 1 + outputs) + outputs),
    most: () => Infinity,
  },
  wht: {
    find: whtNetworks,
    least: (ends) => whtNetwork(MIN_WIDTH, 1, MIN_READ_OUT, ends).parameters,
    most: (ends) => whtNetwork(MAX_WIDTH, MAX_BLOCKS, MAX_WIDTH, ends).parameters,
  },
};

/** Three sizes, from few parameters for these ends to many. */
export function sizesFor(ends: Ends): number[] {
  const least = Math.max(300, 10 * Math.ceil(smallest(ends) / 10));
  return [least, 3 * least, 10 * least];
}

/** A size of which both families have networks that can learn something: four dense units. */
const smallest = ({inputs, outputs}: Ends): number =>
  Math.max(4 * (inputs + 1) + 5 * outputs, 2 * MIN_WIDTH + (MIN_READ_OUT + 1) * outputs + MIN_WIDTH);

const MIN_WIDTH = 16;
const MAX_WIDTH = 4096;
const MAX_BLOCKS = 4;
const MIN_READ_OUT = 4;
/** How far a network may be from its size, where one of any width can be that near. */
const TOLERANCE = 0.15;

/** One hidden layer, or two of the same width. */
function denseNetworks(size: number, {inputs, outputs}: Ends): Network[] {
  const one = Math.round((size - outputs) / (inputs + 1 + outputs));
  // width^2 + width (inputs + 2 + outputs) + outputs = size
  const half = (inputs + 2 + outputs) / 2;
  const two = Math.round(Math.sqrt(half * half + size - outputs) - half);
  return [[one], [two, two]].filter(([width]) => width >= 2).map((widths) => denseNetwork(widths, {inputs, outputs}));
}

function denseNetwork(hidden: number[], {inputs, outputs}: Ends): Network {
  const widths = [inputs, ...hidden, outputs];
  return {
    family: 'dense',
    name: widths.join('-'),
    parameters: widths.slice(1).reduce((sum, width, i) => sum + (widths[i] + 1) * width, 0),
    layers: (seed) => [
      ...hidden.map((units, i) => {
        const kernelInitializer = tf.initializers.heNormal({seed: 100 * seed + i});
        return tf.layers.dense({units, activation: 'relu', kernelInitializer, name: `hidden_${i + 1}`});
      }),
      output(outputs, seed),
    ],
  };
}

const output = (units: number, seed: number) =>
  tf.layers.dense({units, kernelInitializer: tf.initializers.glorotNormal({seed: 100 * seed + 99}), name: 'output'});

/** A deep one and a shallow one; of each depth the widest that leaves room for a read-out. Between two of them the nearest. */
function whtNetworks(size: number, ends: Ends): Network[] {
  const deep = [MAX_BLOCKS, 3].flatMap((blocks) => widest(size, blocks, ends) ?? []);
  const shallow = [2, 1].flatMap((blocks) => widest(size, blocks, ends) ?? []);
  const found = [...deep.slice(0, 1), ...shallow.slice(0, 1)];
  return found.length > 0 ? found : [nearest(size, ends)];
}

function nearest(size: number, ends: Ends): Network {
  const networks: Network[] = [];
  for (let width = MIN_WIDTH; width <= MAX_WIDTH; width *= 2) {
    for (let blocks = 1; blocks <= MAX_BLOCKS; blocks++) {
      const readOut = Math.round((size - hiddenParameters(width, blocks, ends)) / ends.outputs) - 1;
      networks.push(whtNetwork(width, blocks, Math.min(width, Math.max(MIN_READ_OUT, readOut)), ends));
    }
  }
  const distance = ({parameters}: Network) => Math.abs(parameters - size);
  return networks.reduce((a, b) => (distance(b) < distance(a) ? b : a));
}

function widest(size: number, blocks: number, ends: Ends): Network | null {
  for (let width = MAX_WIDTH; width >= MIN_WIDTH; width /= 2) {
    const network = fitting(size, width, blocks, ends);
    if (network) return network;
  }
  return null;
}

function fitting(size: number, width: number, blocks: number, ends: Ends): Network | null {
  const {outputs} = ends;
  if (2 * width * blocks > size) return null;
  const room = size - hiddenParameters(width, blocks, ends);
  const readOut = Math.min(width, Math.round(room / outputs) - 1);
  if (readOut < MIN_READ_OUT) return null;
  const network = whtNetwork(width, blocks, readOut, ends);
  return Math.abs(network.parameters - size) <= TOLERANCE * size ? network : null;
}

function whtNetwork(width: number, blocks: number, readOut: number, ends: Ends): Network {
  const cut = readOut < width ? ` to ${readOut}` : '';
  return {
    family: 'wht',
    name: `${width}x${blocks}${cut}`,
    parameters: hiddenParameters(width, blocks, ends) + (readOut + 1) * ends.outputs,
    layers: (seed) => [
      ...blockLayers(width, blocks, ends.inputs, seed),
      whtProjection({units: readOut, seed: 100 * seed + blocks, name: 'read_out'}),
      output(ends.outputs, seed),
    ],
  };
}

/** [signs, transform, two slopes] x blocks. */
function blockLayers(width: number, blocks: number, inputs: number, seed: number): tf.layers.Layer[] {
  return Array.from({length: blocks}, (_, i) => {
    // A first transform that is less than twice as wide as its inputs would repeat some of them.
    const expand = i === 0 && inputs < width && 2 * inputs > width ? 'pad' : 'tile';
    const activation = reluPair({seed: 100 * seed + 50 + i, name: `slopes_${i + 1}`});
    return whtProjection({units: width, seed: 100 * seed + i, expand, activation, name: `block_${i + 1}`});
  });
}

const counts = new Map<string, number>();

/** Asks the layers themselves, whose defaults may have weights of their own. */
function hiddenParameters(width: number, blocks: number, {inputs}: Ends): number {
  const key = `${width} ${blocks} ${inputs}`;
  if (!counts.has(key)) {
    const layers = blockLayers(width, blocks, inputs, 1);
    const model = tf.sequential({layers: [tf.layers.inputLayer({inputShape: [inputs]}), ...layers]});
    counts.set(key, model.countParams());
    model.dispose();
  }
  return counts.get(key)!;
}
