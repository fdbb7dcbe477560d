import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {expectClose} from '../../support/close';
import {normal} from '../../support/random';
import {BRANCHING} from './branching_models';
import {randomize} from './models';

const {permuteUnits, canonicalize, equivalent, align, countEquivalentMinima} = pw.analysis;

function outputs(model: tf.LayersModel): number[] {
  const shape = [20, ...(model.inputs[0].shape.slice(1) as number[])];
  return tf.tidy(() => {
    const y = model.predict(tf.tensor(normal(tf.util.sizeFromShape(shape), 99), shape)) as tf.Tensor | tf.Tensor[];
    return [y].flat().flatMap((part) => [...part.dataSync()]);
  });
}

describe.each(BRANCHING)('%s', (_, make, count, signs, continuous, exact) => {
  it('has the symmetries that its branches leave', () => {
    const found = countEquivalentMinima(randomize(make()));
    expect(found).toMatchObject({
      count: Number(count),
      withSigns: {count: Number(count * signs)},
      continuous,
      exact,
    });
  });

  it('computes the same with its units permuted, and is found to be equivalent', () => {
    const model = randomize(make());
    const expected = outputs(model);
    for (const seed of [1, 2, 3]) {
      const copy = permuteUnits(model, {seed});
      expectClose(outputs(copy), expected);
      expect(equivalent(model, copy)).toMatchObject({equivalent: true, reason: 'the weights agree'});
      const {model: aligned, distanceAfter} = align(model, copy);
      expect(distanceAfter).toBeLessThan(1e-4);
      expectClose(outputs(aligned), expected);
    }
  });

  it('has one canonical form', () => {
    const model = randomize(make());
    const canonical = canonicalize(model);
    expectClose(outputs(canonical), outputs(model));
    const other = canonicalize(permuteUnits(model, {seed: 5}));
    canonical.getWeights().forEach((weight, i) => {
      expectClose(other.getWeights()[i].dataSync(), weight.dataSync(), {absolute: 1e-4});
    });
  });
});

describe('the group of a residual block by brute force', () => {
  const n = 3;
  const numbers = (rows: number, columns: number, seed: number) =>
    Array.from({length: rows}, (_, i) => [...normal(columns, 10 * seed + i)]);
  const times = (x: number[], W: number[][]) =>
    W[0].map((_, j) => x.reduce((sum, value, i) => sum + value * W[i][j], 0));
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];
  const [stem, down, up, head] = [numbers(2, n, 1), numbers(n, 4, 2), numbers(4, n, 3), numbers(n, 1, 4)];
  const columns = (W: number[][], order: number[]) => W.map((row) => order.map((j) => row[j]));
  const rows = (W: number[][], order: number[]) => order.map((i) => W[i]);
  const output = (x: number[], [a, b, c, d]: number[][][]) => {
    const stream = times(x, a).map(Math.tanh);
    const block = times(
      times(stream, b).map((z) => Math.max(z, 0)),
      c,
    );
    return times(
      stream.map((z, i) => z + block[i]),
      d,
    )[0];
  };

  it('has those permutations alone that move all four matrices together', () => {
    const samples = [1, 2, 3].map((seed) => [...normal(2, 50 + seed)]);
    const expected = samples.map((x) => output(x, [stem, down, up, head]));
    let same = 0;
    for (const p of orders)
      for (const q of orders)
        for (const r of orders)
          for (const s of orders) {
            const moved = [columns(stem, p), rows(down, q), columns(up, r), rows(head, s)];
            if (samples.every((x, i) => Math.abs(output(x, moved) - expected[i]) < 1e-9)) same++;
          }
    const inputs = tf.input({shape: [2]});
    const on = (layer: tf.layers.Layer, value: tf.SymbolicTensor | tf.SymbolicTensor[]) =>
      layer.apply(value) as tf.SymbolicTensor;
    const stream = on(tf.layers.dense({units: n, activation: 'tanh'}), inputs);
    const block = on(tf.layers.dense({units: n}), on(tf.layers.dense({units: 4, activation: 'relu'}), stream));
    const outputs = on(tf.layers.dense({units: 1}), on(tf.layers.add(), [stream, block]));
    const {spaces} = countEquivalentMinima(tf.model({inputs, outputs}));
    expect(spaces.find(({units}) => units === n)!.permutations).toBe(same);
    expect(same).toBe(6);
  });
});

const branches = (merge: tf.layers.Layer, units: [number, number], flat = false) => {
  const inputs = tf.input({shape: [2, 2]});
  const values = units.map((size) => {
    const bent = tf.layers.dense({units: size}).apply(inputs);
    return (flat ? tf.layers.flatten().apply(bent) : bent) as tf.SymbolicTensor;
  });
  return tf.model({inputs, outputs: merge.apply(values) as tf.SymbolicTensor});
};

it.each([
  ['a product', () => branches(tf.layers.multiply({name: 'times'}), [2, 2]), 'layer times of class Multiply'],
  ['a maximum', () => branches(tf.layers.maximum({name: 'max'}), [2, 2]), 'Known: Add, Average, Concatenate.'],
  [
    'a sum of other sizes',
    () => branches(tf.layers.add({name: 'sum'}), [1, 2]),
    'that layer sum ties must have the same',
  ],
  [
    'flattened channels',
    () => branches(tf.layers.concatenate({name: 'join'}), [2, 2], true),
    'layer join must concatenate channels, but received 4 that stand for 2 units',
  ],
])('refuses %s by name', (_, make, message) => {
  const model = make();
  for (const use of [countEquivalentMinima, canonicalize]) expect(() => use(model)).toThrow(message);
});

describe('branches of one kind, whose units can be exchanged across them', () => {
  const branch = (inputs: tf.SymbolicTensor, units: number, activation: 'relu' | 'tanh') =>
    tf.layers.dense({units, activation}).apply(inputs) as tf.SymbolicTensor;
  const joined = (...branches: tf.SymbolicTensor[]) =>
    tf.layers.dense({units: 1}).apply(tf.layers.concatenate().apply(branches) as tf.SymbolicTensor);

  it.each([
    [
      'relu of 2 and of 4 units, concatenated',
      (inputs: tf.SymbolicTensor) => joined(branch(inputs, 2, 'relu'), branch(inputs, 4, 'relu')),
      false,
    ],
    [
      'tanh of 3 and of 3 units, added',
      (inputs: tf.SymbolicTensor) =>
        tf.layers
          .add()
          .apply([1, 2].map(() => tf.layers.dense({units: 2}).apply(branch(inputs, 3, 'tanh')) as tf.SymbolicTensor)),
      false,
    ],
    [
      'relu beside what it is made of, which can be turned round: relu(z) = z + relu(-z)',
      (inputs: tf.SymbolicTensor) => joined(branch(inputs, 2, 'relu'), inputs),
      false,
    ],
    [
      'relu and tanh, concatenated',
      (inputs: tf.SymbolicTensor) => joined(branch(inputs, 2, 'relu'), branch(inputs, 4, 'tanh')),
      true,
    ],
  ])('%s', (_, build, exact) => {
    const inputs = tf.input({shape: [3]});
    const model = tf.model({inputs, outputs: build(inputs) as tf.SymbolicTensor});
    expect(countEquivalentMinima(model).exact).toBe(exact);
  });
});
