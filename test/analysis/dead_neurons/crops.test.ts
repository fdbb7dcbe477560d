import * as tf from '@tensorflow/tfjs';
import {analysis} from 'tfjs-piecewise';
import {cropTo} from '../../../src/analysis/dead_neurons/crop';
import {targetLayer} from '../../../src/analysis/dead_neurons/target_layer';
import {valuesAt} from '../../../src/analysis/dead_neurons/values';
import {readPiecewiseLinear} from '../../../src/analysis/piecewise_linear/read_model';
import {normal, uniform} from '../../support/random';
import {through} from '../../support/through';
import {shuffled} from '../support/models';

const {stablyUnactivated} = analysis;
const {layers: l} = tf;
type Symbolic = tf.SymbolicTensor;

/** Units that see parts of the input: through padding, pooling, sums, concatenations; 'asked' sees 9 by 9 pixels of 20. */
function network(): tf.LayersModel {
  const x = tf.input({shape: [20, 20, 2]});
  const start = through(x, l.zeroPadding2d({padding: 1}), l.depthwiseConv2d({kernelSize: 3}), l.batchNormalization(), l.reLU({maxValue: 6})); // biome-ignore format: layers
  const side = through(start, l.conv2d({filters: 2, kernelSize: 3, padding: 'same', activation: 'relu'}), l.conv2d({filters: 2, kernelSize: 1})); // biome-ignore format: layers
  const sum = through(l.add().apply([start, side]) as Symbolic, l.prelu({sharedAxes: [1, 2]}));
  const both = l.concatenate().apply([sum, start]) as Symbolic;
  const pooled = through(both, l.maxPooling2d({poolSize: 2}), l.averagePooling2d({poolSize: 2, strides: 1}));
  const y = through(pooled, l.conv2d({filters: 3, kernelSize: 1}), l.batchNormalization(), l.reLU({name: 'asked'}));
  return tf.model({inputs: x, outputs: y});
}

function read(model: tf.LayersModel, points: Float32Array | number[], count: number): Float32Array {
  return tf.tidy(() => {
    const inner = tf.model({inputs: model.inputs, outputs: model.getLayer('asked').input as Symbolic});
    const x = tf.tensor(points, [count, ...(model.inputs[0].shape.slice(1) as number[])]);
    return (inner.predict(x) as tf.Tensor).dataSync() as Float32Array;
  });
}

it('what a unit sees alone gives its value', async () => {
  const model = shuffled(network(), 3);
  const whole = await readPiecewiseLinear(model, 'test');
  const layer = targetLayer(whole, 'asked', 'test');
  const x = Float32Array.from(normal(whole.inputs, 5));
  const y = read(model, x, 1);
  for (const unit of [0, 1, 50, 121, y.length - 1]) {
    const {layer: part, inputs, units} = cropTo(unit, layer, whole.inputs);
    expect(inputs.length).toBeLessThan(whole.inputs / 3);
    expect([...units]).toContain(unit);
    const own = valuesAt(
      part,
      Float64Array.from(inputs, (i) => x[i]),
      1,
    );
    expect(own.length).toBe(units.length);
    for (const [k, each] of units.entries()) expect(own[k]).toBeCloseTo(y[each], 4);
  }
  model.dispose();
});

it.each([
  ['a cube', {low: -1, high: 1}],
  ['a box of other sides', {low: Array.from(uniform(800, 1, -1, 0)), high: Array.from(uniform(800, 2, 0.1, 1))}],
  ['all of space', 'all'],
] as const)('verdicts in parts of the input agree with predictions in %s', async (_, domain) => {
  const model = shuffled(network(), 4);
  const last = model.layers.find((layer) => layer.name === 'asked')!;
  const norm = model.layers[model.layers.indexOf(last) - 1];
  const [gamma, , mean, variance] = norm.getWeights();
  norm.setWeights([gamma, tf.tensor1d([-3, -20, 0.5]), mean, variance]);
  const report = await stablyUnactivated(model, {layer: 'asked', domain, maxWitnessNumbers: 1e9, maxMultiplyAdds: 1e8});
  const {neurons} = report;
  const box = domain === 'all' ? {low: -5, high: 5} : domain;
  const end = (side: number | readonly number[], k: number) => (typeof side === 'number' ? side : side[k % 800]);
  const numbers = uniform(64 * 800, 9, 0, 1);
  const points = numbers.map((x, k) => {
    const part = k % 1600 < 800 ? x : Math.round(x);
    return end(box.low, k) + part * (end(box.high, k) - end(box.low, k));
  });
  const y = read(model, Float32Array.from(points), 64);
  const seen = {dead: 0, alive: 0, unknown: 0};
  for (const {index, verdict, upperBound, witness} of neurons) {
    seen[verdict]++;
    let most = -Infinity;
    for (let row = 0; row < 64; row++) most = Math.max(most, y[row * neurons.length + index]);
    if (verdict === 'dead') expect([index, most < 1e-5]).toEqual([index, true]);
    if (upperBound !== 'none') expect(most).toBeLessThanOrEqual(upperBound + 1e-4);
    if (verdict === 'alive') expect(witness).not.toBeNull();
  }
  const alive = neurons.filter(({witness}, i) => witness && i % 7 === 0);
  const values = read(model, alive.flatMap(({witness}) => witness!), alive.length); // biome-ignore format: one line
  for (const [k, {index}] of alive.entries()) expect(values[k * neurons.length + index]).toBeGreaterThan(-1e-4);
  expect(seen.alive).toBeGreaterThan(50);
  if (domain !== 'all') expect(seen.dead).toBeGreaterThan(20);

  const few = await stablyUnactivated(model, {layer: 'asked', domain, maxWitnessNumbers: 8000, maxMultiplyAdds: 1e8});
  expect(few.neurons.filter(({witness}) => witness).length).toBe(10);
  expect(few.alive).toBe(report.alive);
  expect(few.notes.join()).toContain(`${report.alive - 10} witnesses are left out`);
  model.dispose();
});
