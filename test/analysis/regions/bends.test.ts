import * as tf from '@tensorflow/tfjs';
import {analysis} from 'tfjs-piecewise';
import {flood, type Window} from '../../oracle/flood';
import {readModel} from '../../oracle/read_model';
import {walk} from '../../oracle/walk';

const {countLinearRegions, linearRegions2d} = analysis;
const {layers} = tf;

/** A chain of layers with the numbers of its weights in order. */
function chain(inputShape: number[], all: tf.layers.Layer[], weights: number[][]): tf.LayersModel {
  const model = tf.sequential({layers: [layers.inputLayer({inputShape}), ...all]});
  const tensors = model.weights.map(({shape}, i) => tf.tensor(weights[i], shape as number[]));
  model.setWeights(tensors);
  tf.dispose(tensors);
  return model;
}

const relu = (units: number) => layers.dense({units, activation: 'relu'});
const linear = () => layers.dense({units: 1});

/** What the instrument and rational numbers find along a segment. */
async function along(model: tf.LayersModel, from: number[], to: number[]) {
  const {regions, activationCells, exact, breakpoints} = await countLinearRegions(model, {from, to});
  const expected = walk(readModel(model), from, to);
  model.dispose();
  const counts = ({regions, activationCells}: {regions: number; activationCells: number}) => [regions, activationCells];
  expect(counts({regions, activationCells})).toEqual(counts(expected));
  breakpoints.forEach((t, i) => {
    expect(t).toBeCloseTo(expected.breakpoints[i], 12);
  });
  return {regions, exact};
}

describe('a bend counts, however small beside a slope that stays the same', () => {
  const sizes = [1e10, 1e13, 1e14, 1e15, 1e16, 1e20, 1e30];
  const bent = {regions: 2, exact: true};

  it.each(sizes)('relu(x) + %p relu(x + 10)', async (size) => {
    const model = chain([1], [relu(2), linear()], [[1, 1], [0, 10], [1, size], [0]]);
    expect(await along(model, [-1], [1])).toEqual(bent);
  });

  it.each(sizes)('through three layers: beside %p', async (size) => {
    const weights = [[1, 1], [0, 10], [1, 1, size, 3], [0, 1], [2, 1, 0.5, 1], [1, 1], [1, 1], [0]];
    const model = chain([1], [relu(2), relu(2), relu(2), linear()], weights);
    expect(await along(model, [-1], [1])).toEqual(bent);
  });

  it.each(sizes)('of two slopes that are both large, and through max pooling: beside %p', async (size) => {
    const pooled = [
      layers.dense({units: 4}),
      layers.prelu(),
      layers.reshape({targetShape: [2, 2, 1]}),
      layers.maxPooling2d({poolSize: [1, 2]}),
      layers.flatten(),
      linear(),
    ];
    // The largest of two goes over at 1/2, a prelu bends at 0; neither changes the other place of the output.
    const weights = [[1, 2, 1, 1], [0, -0.5, 10, 9], [0.25, -1, 1, 0.5], [1, size], [0]];
    expect(await along(chain([1], pooled, weights), [-1], [2])).toEqual({regions: 3, exact: true});
  });

  it.each(sizes)('through convolutions: beside %p', async (size) => {
    const convolutions = [
      layers.conv2d({filters: 2, kernelSize: 1, activation: 'relu'}),
      layers.conv2d({filters: 1, kernelSize: 2, activation: 'relu'}),
      layers.flatten(),
    ];
    const kernels = [[1, 1], [0, 20], [1, size, 2, size, 3, size, 4, size], [5]];
    const regions = await along(chain([2, 2, 1], convolutions, kernels), [-1, -2, -3, -4], [4, 3, 2, 1]);
    expect(regions).toEqual({regions: 5, exact: true});
  });

  it.each(sizes)('in a window, and in a plane: beside %p', async (size) => {
    const weights = (inputs: number[]) => [inputs, [0, 20], [1, size], [0]];
    await inWindow(chain([2], [relu(2), linear()], weights([1, 1, 0.5, -1])), {x: [-1, 1], y: [-2, 3]}, 2);
    const plane = {origin: [0, 1, 0], u: [1, 1, 1], v: [0, 1, 2]};
    const model = chain([3], [relu(2), linear()], weights([1, 1, -0.25, 2, 0.5, -1]));
    await inWindow(model, {x: [-1, 1], y: [-2, 3], plane}, 2);
  });
});

async function inWindow(model: tf.LayersModel, window: Window, regions: number): Promise<void> {
  const found = await linearRegions2d(model, window);
  const expected = flood(readModel(model), window);
  model.dispose();
  expect([found.regions, found.activationCells]).toEqual([expected.regions, expected.activationCells]);
  expect([found.regions, found.exact]).toEqual([regions, true]);
}

describe('bends that cancel are none, however large the slope beside them', () => {
  it.each([1, 1e15, 1e30])('relu(x) + 2 relu(x) - relu(3 x) beside %p', async (size) => {
    const model = (units: number) =>
      chain(
        [units],
        [relu(4), linear()],
        [units === 1 ? [1, 1, 3, 1] : [1, 1, 3, 1, 0.5, 0.5, 1.5, 1], [0, 0, 0, 20], [0.1, 0.2, -0.1, size], [0]],
      );
    expect(await along(model(1), [-1], [1])).toEqual({regions: 1, exact: true});
    await inWindow(model(2), {x: [-1, 1], y: [-2, 3]}, 1);
  });
});

it('says that it is not sure where no double lies inside of a piece', async () => {
  // relu(x) + relu(1e17 x - 1): the second bends 1e-17 after the first.
  const identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  const weights = [[1, 1e17, 1], [0, 0, 10], identity, [0, -1, 0], [1, 1, 1e35], [0]];
  const model = chain([1], [relu(3), relu(3), linear()], weights);
  const {activationCells, exact} = await countLinearRegions(model, {from: [-1], to: [1]});
  model.dispose();
  expect([activationCells, exact]).toEqual([3, false]);
});
