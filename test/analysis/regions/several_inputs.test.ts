import * as tf from '@tensorflow/tfjs';
import {analysis} from 'tfjs-piecewise';
import {uniform} from '../../support/random';

beforeAll(() => tf.setBackend('cpu'));

const {countLinearRegions, linearRegions2d, parameterReport} = analysis;
const {dense, concatenate} = tf.layers;

/** Kernels for inputs of 2 numbers and 1, the second of which reads the first input alone. */
const both = tf.tensor2d(uniform(9, 1, -1, 1), [3, 3]);
const first = tf.tensor2d(uniform(4, 2, -1, 1), [2, 2]);
const biases = [tf.tensor1d(uniform(3, 3, -1, 1)), tf.tensor1d(uniform(2, 4, -1, 1))];

function several(): tf.LayersModel {
  const [a, b] = [tf.input({shape: [2], name: 'a'}), tf.input({shape: [1], name: 'b'})];
  const joined = concatenate().apply([a, b]) as tf.SymbolicTensor;
  const options = {activation: 'relu' as const};
  const one = dense({...options, units: 3, name: 'one', weights: [both, biases[0]]}).apply(joined);
  const two = dense({...options, units: 2, name: 'two', weights: [first, biases[1]]}).apply(a);
  const curved = dense({units: 1, name: 'curved', activation: 'elu'}).apply(dense({units: 1}).apply(b));
  return tf.model({inputs: [a, b], outputs: [one, two, curved] as tf.SymbolicTensor[]});
}

/** The first two outputs as one layer on one input. */
function single(outputs: 'both' | 'one'): tf.LayersModel {
  const kernel = tf.concat(
    [
      both,
      tf.pad(first, [
        [0, 1],
        [0, 0],
      ]),
    ],
    1,
  );
  const weights = outputs === 'both' ? [kernel, tf.concat(biases)] : [both, biases[0]];
  const units = outputs === 'both' ? 5 : 3;
  return tf.sequential({layers: [dense({units, activation: 'relu', inputShape: [3], weights})]});
}

const ends = [uniform(3, 5, -3, 3), uniform(3, 8, -3, 3)].map((numbers) => [...numbers]);
const parted = ([x, y, z]: number[]) => [[x, y], [z]];

it('a segment has an end for each input, and regions of the output that is named, or of all', async () => {
  const model = several();
  const twoOutputs = tf.model({inputs: model.inputs, outputs: model.outputs.slice(0, 2)});
  const [from, to] = ends.map(parted);
  const expected = {
    both: await countLinearRegions(single('both'), {from: ends[0], to: ends[1]}),
    one: await countLinearRegions(single('one'), {from: ends[0], to: ends[1]}),
  };
  expect(await countLinearRegions(twoOutputs, {from, to})).toEqual(expected.both);
  expect(await countLinearRegions(twoOutputs, {from, to, output: 'one'})).toEqual(expected.one);
  expect(await countLinearRegions(model, {from, to, output: 0})).toEqual(expected.one);
  expect(expected.both.regions).toBeGreaterThan(expected.one.regions);
});

it('a window, too', async () => {
  const model = several();
  const [origin, u, v] = [ends[0], ends[1], [1, -1, 2]];
  const window = {x: [-1, 1], y: [-1, 1]} as const;
  const {regions} = await linearRegions2d(single('one'), {...window, plane: {origin, u, v}});
  const plane = {origin: parted(origin), u: parted(u), v: parted(v)};
  expect((await linearRegions2d(model, {...window, plane, output: 'one'})).regions).toBe(regions);
  expect((await parameterReport(model)).layers).toHaveLength(5);
});

it('refuses what does not fit', async () => {
  const model = several();
  const [from, to] = ends.map(parted);
  await expect(countLinearRegions(model, {from: ends[0], to, output: 0})).rejects.toThrow(
    "countLinearRegions: from must be a list of 2 points, of the inputs' shapes [2], [1], but received 3.",
  );
  await expect(countLinearRegions(model, {from, to: [to[1], to[1]], output: 0})).rejects.toThrow(
    'to[0] must be a point',
  );
  await expect(countLinearRegions(model, {from, to, output: 'four'})).rejects.toThrow(
    "output must be one of 'one', 'two', 'curved', or 0 to 2, but received four",
  );
  await expect(countLinearRegions(model, {from, to})).rejects.toThrow('layer curved');
});
