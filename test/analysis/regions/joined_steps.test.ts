import * as tf from '@tensorflow/tfjs';
import {analysis} from 'tfjs-piecewise';
import {readPiecewiseLinear} from '../../../src/analysis/piecewise_linear/read_model';
import {joinSteps} from '../../../src/analysis/regions/joined_steps';
import {useBackend} from '../../support/backend';
import {shuffled} from '../support/models';

useBackend();

const convolution = (useBias: boolean) =>
  tf.layers.conv2d({filters: 3, kernelSize: 2, useBias, inputShape: [3, 3, 1], name: 'c'});
const normalization = () => tf.layers.batchNormalization({name: 'n'});

function models(useBias = false) {
  const rest = () => [tf.layers.reLU(), tf.layers.flatten(), tf.layers.dense({units: 2})];
  const model = tf.sequential({layers: [convolution(useBias), normalization(), ...rest()]});
  return shuffled(model, 3);
}

it('makes one step of a convolution and its normalization', async () => {
  for (const useBias of [false, true]) {
    const model = models(useBias);
    if (useBias) tf.tidy(() => model.layers[0].setWeights([tf.ones([2, 2, 1, 3]), tf.zeros([3])]));
    const network = await readPiecewiseLinear(model, 'test');
    const {nodes} = joinSteps(network);
    expect(nodes.map(({layer}) => layer)).toEqual(['c, n', ...network.nodes.slice(2).map(({layer}) => layer)]);
    const x = Float64Array.from({length: 18}, (_, i) => Math.sin(i));
    const [first, second, joined] = [...network.nodes, ...nodes.slice(0, 1)]
      .filter(({step}) => step.kind === 'affine')
      .filter((_, i, {length}) => i < 2 || i === length - 1)
      .map(({step}) => (step.kind === 'affine' ? step : null)!);
    expect([...joined.linear(x, 2)]).toEqual([...second.linear(first.linear(x, 2), 2)]);
    expect([...joined.absolute(x.map(Math.abs), 2)]).toEqual([
      ...second.absolute(first.absolute(x.map(Math.abs), 2), 2),
    ]);
    const y = Float64Array.from({length: 12}, (_, i) => Math.cos(i));
    expect([...joined.transposed(y, 1)]).toEqual([...first.transposed(second.transposed(y, 1), 1)]);
    const [value, size] = joined.at!(5, x.subarray(0, 9), x.subarray(0, 9));
    expect(value).toBeCloseTo(joined.linear(x, 2)[5], 12);
    expect(size).toBeCloseTo(joined.absolute(x.map(Math.abs), 2)[5], 12);
    model.dispose();
  }
});

it('keeps two steps whose biases cancel, and one that others read, too', async () => {
  const cancelling = models(true);
  tf.tidy(() => {
    cancelling.layers[0].setWeights([tf.ones([2, 2, 1, 3]), tf.ones([3])]);
    cancelling.layers[1].setWeights([tf.ones([3]), tf.fill([3], -1), tf.zeros([3]), tf.ones([3])]);
  });
  const input = tf.input({shape: [3, 3, 1]});
  const y = convolution(false).apply(input) as tf.SymbolicTensor;
  const sum = tf.layers.add().apply([y, normalization().apply(y) as tf.SymbolicTensor]) as tf.SymbolicTensor;
  const shared = tf.model({inputs: input, outputs: sum});
  for (const model of [cancelling, shared]) {
    const network = await readPiecewiseLinear(model, 'test');
    expect(joinSteps(network).nodes).toHaveLength(network.nodes.length);
    model.dispose();
  }
});

it('counts what it counts where a layer between them keeps the steps apart', async () => {
  const joined = models();
  const layers = [
    convolution(false),
    tf.layers.reshape({targetShape: [2, 6]}),
    tf.layers.reshape({targetShape: [2, 2, 3]}),
  ];
  const rest = [normalization(), tf.layers.reLU(), tf.layers.flatten(), tf.layers.dense({units: 2})];
  const apart = tf.sequential({layers: [...layers, tf.layers.maxPooling2d({poolSize: 1}), ...rest]});
  apart.setWeights(joined.getWeights());
  const segment = {from: [-1, 2, 1, 0, 3, 1, -2, 0, 1], to: [2, 1, -1, 2, -3, 0, 1, 1, -2]};
  const found = await analysis.countLinearRegions(joined, segment);
  expect(found.regions).toBeGreaterThan(5);
  const other = await analysis.countLinearRegions(apart, segment);
  expect(other.regions).toBe(found.regions);
  for (const [i, place] of other.breakpoints.entries()) expect(found.breakpoints[i]).toBeCloseTo(place, 12);
  joined.dispose();
  apart.dispose();
});
