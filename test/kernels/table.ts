import type * as tf from '@tensorflow/tfjs';
import type {Attributes, KernelDefinition} from '../../src/engine';
import {adamWKernel} from '../../src/ops/adam_w';
import {denseGradientKernel, denseKernel, transposedMatMulKernel} from '../../src/ops/dense';
import {expandUnitsKernel} from '../../src/ops/fit_units';
import {reluPairGradientKernel, reluPairKernel, reluPairSlopesKernel} from '../../src/ops/relu_pair';
import {selectedWalshHadamardKernel} from '../../src/ops/selected_walsh_hadamard';
import {softmaxCrossEntropyGradientKernel, softmaxCrossEntropyKernel} from '../../src/ops/softmax_cross_entropy';
import {takeUnitsKernel} from '../../src/ops/take_units';
import {triangleWaveGradientKernel, triangleWaveKernel} from '../../src/ops/triangle_wave';
import {signedWalshHadamardKernel, walshHadamardKernel} from '../../src/ops/walsh_hadamard';
import {
  whtReLUPairBackwardKernel,
  whtReLUPairForwardKernel,
  whtReLUPairGradientKernel,
  whtReLUPairKernel,
  whtReLUPairSlopesKernel,
} from '../../src/ops/wht_relu_pair';
import {normal, uniform} from '../support/random';
import * as definitions from './definitions';
import {BLOCKS, IN_BLOCKS, LENGTHS, LOGITS, MATRICES, OTHER_AXES, SELECTIONS, WAVES, WEIGHTS} from './shapes';

interface Output {
  shape: number[];
  values: ArrayLike<number>;
}

/** A kernel call and what it must give. The first input has the shape that the call is known by. */
export interface Row {
  title: string;
  kernel: KernelDefinition<{[name: string]: tf.Tensor}, Attributes>;
  inputs: {[name: string]: {shape: number[]; values: Float32Array | Int32Array}};
  attrs: Attributes;
  /** Computed when it is first asked for: not every spec needs all, and those of long rows take seconds. */
  readonly outputs: Output[];
  /** Error as a share of the largest value. */
  relative: number;
}

/** How many numbers the first input has. */
export const sizeOf = ({inputs}: Row): number => Object.values(inputs)[0].values.length;

function withOutputs(facts: Omit<Row, 'outputs'>, outputs: () => Output[]): Row {
  let known: Output[] | undefined;
  return {
    ...facts,
    get outputs() {
      known ??= outputs();
      return known;
    },
  };
}

/** What is known of a row without what it must give. */
const withoutOutputs = ({title, kernel, inputs, attrs, relative}: Row) => ({title, kernel, inputs, attrs, relative});

const size = (shape: number[]) => shape.reduce((product, length) => product * length, 1);
const general = (kernel: object) => kernel as Row['kernel'];

function transform(shape: number[], axis: number, x = normal(size(shape), 1)): Row {
  const n = shape[axis];
  const blocks = [size(shape.slice(0, axis)), n, size(shape.slice(axis + 1))] as const;
  const scale = 1 / Math.sqrt(n);
  const facts = {
    title: `of [${shape}] along axis ${axis}`,
    kernel: general(walshHadamardKernel),
    inputs: {x: {shape, values: x}},
    attrs: {axis, scale},
    relative: (2 + Math.log2(n)) * 2 ** -24, // one rounding per level of butterflies
  };
  return withOutputs(facts, () => [{shape, values: definitions.walshHadamard(x, blocks, {scale})}]);
}

/** The attributes of an input that is as long as the signs. */
const whole = (units: number) => ({units, tiled: false, moved: 0});

function signedTransform(shape: number[], axis: number, transposed: boolean, x?: Float32Array): Row {
  const row = transform(shape, axis, x);
  const n = shape[axis];
  const signs = normal(n, 2);
  const blocks = [size(shape.slice(0, axis)), n, size(shape.slice(axis + 1))] as const;
  const {scale} = row.attrs as {scale: number};
  const options = transposed ? {scale, after: signs} : {scale, before: signs};
  const {inputs, relative} = row;
  const facts = {
    title: `${row.title}${transposed ? ', transposed' : ''}`,
    kernel: general(signedWalshHadamardKernel),
    inputs: {...inputs, signs: {shape: [n], values: signs}},
    attrs: {...row.attrs, transposed, fixed: false, ...whole(n)},
    relative: 2 * relative,
  };
  return withOutputs(facts, () => [{shape, values: definitions.walshHadamard(inputs.x.values, blocks, options)}]);
}

/** Distinct numbers below n in no order, and where each of n is among them, `count` where it is not. */
function selection(n: number, count: number) {
  const indices = Int32Array.from({length: count}, (_, j) => (j * (2 * Math.floor(n / 3) + 1) + 1) % n);
  const inverse = Int32Array.from({length: n}, (_, i) => (indices.includes(i) ? indices.indexOf(i) : count));
  return {indices: {shape: [count], values: indices}, inverse: {shape: [n], values: inverse}};
}

const withUnits = (shape: number[], axis: number, count: number) => shape.map((all, i) => (i === axis ? count : all));

/** `scattered`: back to their places. */
function take(shape: number[], axis: number, count: number, scattered: boolean): Row {
  const n = shape[axis];
  const {indices, inverse} = selection(n, count);
  const [from, to] = [shape, withUnits(shape, axis, count)];
  const [input, output] = scattered ? [to, from] : [from, to];
  const x = normal(size(input), 16);
  const blocks = [size(input.slice(0, axis)), input[axis], size(input.slice(axis + 1))] as const;
  const read = scattered ? inverse : indices;
  const facts = {
    title: `${count} ${scattered ? 'to' : 'of'} [${shape}] along axis ${axis}`,
    kernel: general(takeUnitsKernel),
    inputs: {x: {shape: input, values: x}, indices: read, inverse: scattered ? indices : inverse},
    attrs: {axis},
    relative: 0,
  };
  return withOutputs(facts, () => [{shape: output, values: definitions.takeUnits(x, read.values, blocks)}]);
}

/** To the size of an axis, from `units`, with `moved` numbers added to the first. */
function expand(shape: number[], axis: number, units: number, tiled: boolean, moved: number): Row {
  const from = withUnits(shape, axis, units);
  const [x, offset] = [normal(size(from), 17), normal(moved, 23)];
  const inner = size(shape.slice(axis + 1));
  const places = Array.from({length: shape[axis]}, (_, i) => (tiled || i < units ? i % units : units));
  const facts = {
    title: `${units} units to [${shape}] along axis ${axis}, ${tiled ? 'tiled' : 'padded'}, ${moved} moved`,
    kernel: general(expandUnitsKernel),
    inputs: {x: {shape: from, values: x}, ...(moved > 0 && {offset: {shape: [moved], values: offset}})},
    attrs: {axis, units, size: shape[axis], tiled, moved},
    relative: moved > 0 ? 2 ** -24 : 0,
  };
  const added = (k: number) => offset[Math.floor(k / inner) % shape[axis]] ?? 0;
  return withOutputs(facts, () => {
    const all = definitions.takeUnits(x, places, [size(shape.slice(0, axis)), units, inner]);
    return [{shape, values: Array.from(all, (value, k) => value + added(k))}];
  });
}

/** The product of matrices of rows of `length` numbers, and what one product rounds by. */
function matMul(left: ArrayLike<number>, right: ArrayLike<number>, [rows, length, columns]: number[]): number[] {
  return Array.from({length: rows * columns}, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    return Array.from({length}, (_, i) => left[row * length + i] * right[i * columns + column]).reduce(
      (a, b) => a + b,
      0,
    );
  });
}

const transposed = (values: Float32Array, columns: number) =>
  Array.from(
    values,
    (_, i) => values[(i % (values.length / columns)) * columns + Math.floor(i / (values.length / columns))],
  );

function denseUnits([rows, inputs, units]: number[], hasBias: boolean): Row {
  const [x, weights, bias] = [normal(rows * inputs, 18), normal(inputs * units, 19), normal(hasBias ? units : 0, 20)];
  const facts = {
    title: `of [${rows}, ${inputs}] to ${units}${hasBias ? '' : ' without a bias'}`,
    kernel: general(denseKernel),
    inputs: {
      x: {shape: [rows, inputs], values: x},
      weights: {shape: [inputs, units], values: weights},
      bias: {shape: [bias.length], values: bias},
    },
    attrs: {},
    relative: (2 + inputs) * 2 ** -24,
  };
  const values = () => matMul(x, weights, [rows, inputs, units]).map((y, i) => y + (hasBias ? bias[i % units] : 0));
  return withOutputs(facts, () => [{shape: [rows, units], values: values()}]);
}

function denseGradient([rows, inputs, units]: number[]): Row {
  const row = denseUnits([rows, inputs, units], true);
  const [x, weights, bias] = Object.values(row.inputs);
  const dy = normal(rows * units, 27);
  const facts = {
    title: `of [${rows}, ${inputs}] to ${units}`,
    kernel: general(denseGradientKernel),
    inputs: {dy: {shape: [rows, units], values: dy}, x, weights},
    attrs: {},
    relative: (2 + Math.max(rows, units)) * 2 ** -24,
  };
  const ones = new Float32Array(rows).fill(1);
  return withOutputs(facts, () => [
    {shape: x.shape, values: matMul(dy, transposed(weights.values as Float32Array, units), [rows, units, inputs])},
    {shape: weights.shape, values: matMul(transposed(x.values as Float32Array, inputs), dy, [inputs, rows, units])},
    {shape: bias.shape, values: matMul(ones, dy, [1, rows, units])},
  ]);
}

/** Of factors that give [rows, columns] by sums of `length`. */
function transposedProduct([rows, length, columns]: number[], first: boolean): Row {
  const [a, b] = [normal(rows * length, 21), normal(length * columns, 22)];
  const facts = {
    title: `[${rows}, ${length}] by [${length}, ${columns}] from the transposed ${first ? 'first' : 'second'}`,
    kernel: general(transposedMatMulKernel),
    inputs: {
      a: {shape: first ? [length, rows] : [rows, length], values: a},
      b: {shape: first ? [length, columns] : [columns, length], values: b},
    },
    attrs: {first},
    relative: (2 + length) * 2 ** -24,
  };
  const [left, right] = first ? [transposed(a, rows), b] : [a, transposed(b, length)];
  return withOutputs(facts, () => [{shape: [rows, columns], values: matMul(left, right, [rows, length, columns])}]);
}

function selectedTransform(
  shape: number[],
  axis: number,
  count: number,
  transposed: boolean,
  given?: Float32Array,
): Row {
  const n = shape[axis];
  const {indices, inverse} = selection(n, count);
  const [from, to] = [shape, withUnits(shape, axis, count)];
  const [input, output] = transposed ? [to, from] : [from, to];
  const [x, signs] = [given ?? normal(size(input), 16), normal(n, 2)];
  const [outer, inner] = [size(shape.slice(0, axis)), size(shape.slice(axis + 1))];
  const scale = 1 / Math.sqrt(n);
  const facts = {
    title: `${count} of [${shape}] along axis ${axis}${transposed ? ', transposed' : ''}`,
    kernel: general(selectedWalshHadamardKernel),
    inputs: {x: {shape: input, values: x}, signs: {shape: [n], values: signs}, indices, inverse},
    attrs: {axis, scale, transposed, fixed: false, ...whole(n)},
    relative: 2 * (2 + Math.log2(n)) * 2 ** -24,
  };
  const values = () => {
    if (!transposed) {
      const all = definitions.walshHadamard(x, [outer, n, inner], {scale, before: signs});
      return definitions.takeUnits(all, indices.values, [outer, n, inner]);
    }
    const all = definitions.takeUnits(x, inverse.values, [outer, count, inner]);
    return definitions.walshHadamard(all, [outer, n, inner], {scale, after: signs});
  };
  return withOutputs(facts, () => [{shape: output, values: values()}]);
}

function pair(shape: number[], blocks: definitions.Blocks, x = normal(size(shape), 3)): Row {
  const [, units, inner] = blocks;
  const [negative, positive] = [normal(units, 4), normal(units, 5)];
  const slopes = {negative: {shape: [units], values: negative}, positive: {shape: [units], values: positive}};
  const facts = {
    title: `of [${shape}], seen as [${blocks}]`,
    kernel: general(reluPairKernel),
    inputs: {x: {shape, values: x}, ...slopes},
    attrs: {units, inner},
    relative: 2 ** -23,
  };
  return withOutputs(facts, () => [{shape, values: definitions.reluPair(x, negative, positive, blocks)}]);
}

function pairGradient(shape: number[], blocks: definitions.Blocks): Row {
  const row = pair(shape, blocks);
  const dy = normal(size(shape), 6);
  const [x, negative, positive] = Object.values(row.inputs).map(({values}) => values);
  const facts = {
    title: row.title,
    kernel: general(reluPairGradientKernel),
    inputs: {...row.inputs, dy: {shape, values: dy}},
    attrs: row.attrs,
    relative: 1e-6,
  };
  const gradients = () => definitions.reluPairGradient(x, negative, positive, dy, blocks);
  return withOutputs(facts, () => gradients().map((values, i) => ({shape: i === 0 ? shape : [blocks[1]], values})));
}

function pairSlopes(shape: number[], blocks: definitions.Blocks): Row {
  const row = pairGradient(shape, blocks);
  const {x, dy} = row.inputs;
  return withOutputs({...withoutOutputs(row), kernel: general(reluPairSlopesKernel), inputs: {x, dy}}, () =>
    row.outputs.slice(1),
  );
}

function block(shape: number[], axis: number, values?: Float32Array): Row {
  const row = signedTransform(shape, axis, false, values);
  const n = shape[axis];
  const blocks = [size(shape.slice(0, axis)), n, size(shape.slice(axis + 1))] as const;
  const [negative, positive] = [normal(n, 4), normal(n, 5)];
  const vectors = [row.inputs.signs.values, negative, positive];
  const {scale} = row.attrs as {scale: number};
  const {x} = row.inputs;
  const facts = {
    title: row.title,
    kernel: general(whtReLUPairKernel),
    inputs: {...row.inputs, negative: {shape: [n], values: negative}, positive: {shape: [n], values: positive}},
    attrs: {axis, scale, ...whole(n)},
    relative: 2 * row.relative,
  };
  return withOutputs(facts, () => [{shape, values: definitions.whtReLUPair(x.values, vectors, scale, blocks)}]);
}

function blockGradient(shape: number[], axis: number): Row {
  const row = block(shape, axis);
  const n = shape[axis];
  const blocks = [size(shape.slice(0, axis)), n, size(shape.slice(axis + 1))] as const;
  const dy = normal(size(shape), 6);
  const [x, ...vectors] = Object.values(row.inputs).map(({values}) => values);
  const {scale} = row.attrs as {scale: number};
  const facts = {
    title: row.title,
    kernel: general(whtReLUPairGradientKernel),
    inputs: {...row.inputs, dy: {shape, values: dy}},
    attrs: row.attrs,
    relative: 4 * row.relative,
  };
  const gradients = () => definitions.whtReLUPairGradient(x, vectors, dy, scale, blocks);
  return withOutputs(facts, () => gradients().map((values, i) => ({shape: i === 0 ? shape : [n], values})));
}

/** The transform is an output, too. */
function blockForward(shape: number[], axis: number, x?: Float32Array): Row {
  const row = block(shape, axis, x);
  const transformed = signedTransform(shape, axis, false, x);
  return withOutputs({...withoutOutputs(row), kernel: general(whtReLUPairForwardKernel)}, () => [
    ...row.outputs,
    ...transformed.outputs,
  ]);
}

/** From z, which has any numbers. */
function blockBackward(shape: number[], axis: number): Row {
  const {x: z, ...others} = blockGradient(shape, axis).inputs;
  const blocks = [size(shape.slice(0, axis)), shape[axis], size(shape.slice(axis + 1))] as const;
  const {attrs, ...row} = block(shape, axis);
  const {signs, negative, positive, dy} = others;
  const facts = {
    ...withoutOutputs({attrs, ...row}),
    kernel: general(whtReLUPairBackwardKernel),
    inputs: {z, ...others},
  };
  return withOutputs(facts, () => {
    const [dz, ...dslopes] = definitions.reluPairGradient(
      z.values,
      negative.values,
      positive.values,
      dy.values,
      blocks,
    );
    const {scale} = attrs as {scale: number};
    const dx = definitions.walshHadamard(dz, blocks, {scale, after: signs.values});
    return [{shape, values: dx}, ...dslopes.map((values) => ({shape: [shape[axis]], values}))];
  });
}

/** A transform that expands its input as it reads it, by what it gives of one that is expanded already. */
function expanding(of: (x: Float32Array) => Row, ...asked: Parameters<typeof expand>): Row {
  const {title, inputs, attrs, ...expansion} = expand(...asked);
  const row = of(Float32Array.from(expansion.outputs[0].values));
  const facts = {
    ...withoutOutputs(row),
    title,
    inputs: {...row.inputs, ...inputs},
    attrs: {...row.attrs, units: attrs.units, tiled: attrs.tiled, moved: attrs.moved},
  };
  return withOutputs(facts, () => row.outputs);
}

/** Both ways to expand, along any axis, with an offset and without: of the kernel whose row `of` makes. */
const EXPANSIONS: Parameters<typeof expand>[] = [true, false].flatMap((tiled) => [
  ...[0, 2, 32].map((moved): Parameters<typeof expand> => [[3, 64], 1, 20, tiled, moved]),
  [[3, 64], 1, 64, tiled, 32],
  [[2, 8, 3], 1, 5, tiled, 4],
  [[2, 8, 3], 1, 5, tiled, 0],
  [[3, 4, 2], 1, 3, tiled, 1],
  [[5, 4], 1, 1, tiled, 1],
  [[3, 8192], 1, 784, tiled, 32],
  [[0, 8], 1, 3, tiled, 2],
]);
const allExpanding = (of: (shape: number[], axis: number, x: Float32Array) => Row, expansions = EXPANSIONS) =>
  expansions.map((asked) => expanding((x) => of(asked[0], asked[1], x), ...asked));

function blockSlopes(shape: number[], axis: number): Row {
  const row = blockGradient(shape, axis);
  const {x, signs, dy} = row.inputs;
  const facts = {title: row.title, attrs: row.attrs, relative: row.relative};
  return withOutputs({...facts, kernel: general(whtReLUPairSlopesKernel), inputs: {x, signs, dy}}, () =>
    row.outputs.slice(1),
  );
}

function wave(shape: number[], depth: number, x = uniform(size(shape), 7, -0.2, 1.2)): Row {
  const channels = shape[shape.length - 1];
  const parameters = [channels, depth];
  const [peaks, scales] = [uniform(channels * depth, 8, 0.3, 0.7), normal(channels * depth, 9)];
  const facts = {
    title: `of [${shape}], depth ${depth}`,
    kernel: general(triangleWaveKernel),
    inputs: {
      x: {shape, values: x},
      peaks: {shape: parameters, values: peaks},
      scales: {shape: parameters, values: scales},
    },
    attrs: {},
    relative: 0.3 ** -depth * 2 ** -22, // each tent multiplies an error by up to 1 / 0.3
  };
  return withOutputs(facts, () => [{shape, values: definitions.triangleWave(x, peaks, scales, channels)}]);
}

function waveGradient(shape: number[], depth: number): Row {
  const row = wave(shape, depth);
  const channels = shape[shape.length - 1];
  const parameters = [channels, depth];
  const dy = normal(size(shape), 10);
  const [x, peaks, scales] = Object.values(row.inputs).map(({values}) => values);
  const facts = {
    title: row.title,
    kernel: general(triangleWaveGradientKernel),
    inputs: {...row.inputs, dy: {shape, values: dy}},
    attrs: row.attrs,
    relative: 2 * row.relative,
  };
  const gradients = () => definitions.triangleWaveGradient(x, peaks, scales, dy, channels);
  return withOutputs(facts, () => gradients().map((values, i) => ({shape: i === 0 ? shape : parameters, values})));
}

/** Step 3 of a weight, with moments of the size that two steps leave; elements that never had a gradient stay. */
function adamW(shape: number[], decay: number): Row {
  const count = size(shape);
  const rare = (values: Float32Array) => values.map((value, k) => (k % 5 === 3 ? 0 : value));
  const values = {
    weight: normal(count, 12),
    gradient: rare(normal(count, 13)),
    first: rare(normal(count, 14).map((m) => 0.2 * m)),
    second: rare(uniform(count, 15, 1e-8, 2e-3)),
  };
  const numbers = {beta1: 0.9, beta2: 0.999, rate: 2e-3, epsilon: 5e-9, decay, rest: decay > 0 ? 1 : 0};
  const facts = {
    title: `of [${shape}], decay ${decay}`,
    kernel: general(adamWKernel),
    inputs: Object.fromEntries(Object.entries(values).map(([name, each]) => [name, {shape, values: each}])),
    attrs: numbers,
    relative: 2 ** -22,
  };
  const outputs = () => definitions.adamW(Object.values(values), numbers);
  return withOutputs(facts, () => outputs().map((each) => ({shape, values: each})));
}

/** Labels are any numbers: rows that add up to 1 would hide a factor. */
function crossEntropy(shape: number[], smoothing: number): Row {
  const [logits, labels] = [normal(size(shape), 24), uniform(size(shape), 25, 0, 1)];
  const classes = shape[shape.length - 1];
  const facts = {
    title: `of [${shape}], smoothed by ${smoothing}`,
    kernel: general(softmaxCrossEntropyKernel),
    inputs: {logits: {shape, values: logits}, labels: {shape, values: labels}},
    attrs: {smoothing},
    relative: (4 + classes) * 2 ** -23,
  };
  const values = () => definitions.softmaxCrossEntropy(logits, labels, classes, smoothing);
  return withOutputs(facts, () => [{shape: shape.slice(0, -1), values: values()}]);
}

function crossEntropyGradient(shape: number[], smoothing: number): Row {
  const row = crossEntropy(shape, smoothing);
  const classes = shape[shape.length - 1];
  const dy = normal(size(shape) / classes, 26);
  const {logits, labels} = row.inputs;
  const facts = {
    title: row.title,
    kernel: general(softmaxCrossEntropyGradientKernel),
    inputs: {dy: {shape: shape.slice(0, -1), values: dy}, ...row.inputs},
    attrs: row.attrs,
    relative: row.relative,
  };
  return withOutputs(facts, () => {
    const both = definitions.softmaxCrossEntropyGradient(dy, logits.values, labels.values, classes, smoothing);
    return [{shape, values: both[0]}];
  });
}

const STRANGE = Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, -1);
const oneStrange = (value: number) => normal(24, 11).map((x, k) => (k === 9 ? value : x));

const POWERS = SELECTIONS.filter(([shape, axis]) => Number.isInteger(Math.log2(shape[axis])));

export const TABLE: [name: string, rows: Row[]][] = [
  ['WalshHadamard', [...LENGTHS.map((n) => transform([3, n], 1)), ...OTHER_AXES.map((row) => transform(...row))]],
  [
    'WalshHadamard with strange values',
    [Number.NaN, Number.POSITIVE_INFINITY].map((value) => {
      const strange = transform([3, 8], 1, oneStrange(value));
      return withOutputs({...strange, title: `with ${value} in the second of three rows`}, () => strange.outputs);
    }),
  ],
  [
    'SignedWalshHadamard',
    [
      ...[false, true].flatMap((transposed) => [
        ...[1, 8, 64, 1024, 8192].map((n) => signedTransform([2, n], 1, transposed)),
        ...OTHER_AXES.map(([shape, axis]) => signedTransform(shape, axis, transposed)),
      ]),
      ...allExpanding((shape, axis, x) => signedTransform(shape, axis, false, x)),
    ],
  ],
  ['TakeUnits', [false, true].flatMap((scattered) => SELECTIONS.map((row) => take(...row, scattered)))],
  [
    'ExpandUnits',
    [true, false].flatMap((tiled) => [
      ...SELECTIONS.map((row) => expand(...row, tiled, 0)),
      ...SELECTIONS.map(([shape, axis, count]) => expand(shape, axis, count, tiled, Math.min(2, shape[axis]))),
      expand([3, 64], 1, 64, tiled, 32),
    ]),
  ],
  [
    'SelectedWalshHadamard',
    [
      ...[false, true].flatMap((transposed) => POWERS.map((row) => selectedTransform(...row, transposed))),
      // Indices of longer axes are no whole numbers in 16 bits.
      ...allExpanding(
        (shape, axis, x) => selectedTransform(shape, axis, Math.ceil(shape[axis] / 2), false, x),
        EXPANSIONS.filter(([shape, axis]) => shape[axis] <= 2048),
      ),
    ],
  ],
  ['ReLUPair', [...BLOCKS.map((row) => pair(...row)), pair([6, 1], [6, 1, 1], STRANGE)]],
  ['ReLUPairGradient', BLOCKS.map((row) => pairGradient(...row))],
  ['ReLUPairSlopes', BLOCKS.map((row) => pairSlopes(...row))],
  ['WHTReLUPair', [...IN_BLOCKS.map((row) => block(...row)), ...allExpanding(block)]],
  ['WHTReLUPairForward', [...IN_BLOCKS.map((row) => blockForward(...row)), ...allExpanding(blockForward)]],
  ['WHTReLUPairBackward', IN_BLOCKS.map((row) => blockBackward(...row))],
  ['WHTReLUPairGradient', IN_BLOCKS.map((row) => blockGradient(...row))],
  ['WHTReLUPairSlopes', IN_BLOCKS.map((row) => blockSlopes(...row))],
  ['TriangleWave', [...WAVES.map((row) => wave(...row)), wave([6, 1], 2, STRANGE)]],
  ['TriangleWaveGradient', WAVES.map((row) => waveGradient(...row))],
  ['DenseUnits', [true, false].flatMap((hasBias) => MATRICES.map((row) => denseUnits(row, hasBias)))],
  ['DenseUnitsGradient', MATRICES.map((row) => denseGradient(row))],
  ['TransposedMatMul', [true, false].flatMap((first) => MATRICES.map((row) => transposedProduct(row, first)))],
  ['SoftmaxCrossEntropy', LOGITS.flatMap((shape) => [0, 0.1].map((share) => crossEntropy(shape, share)))],
  [
    'SoftmaxCrossEntropyGradient',
    LOGITS.flatMap((shape) => [0, 0.1].map((share) => crossEntropyGradient(shape, share))),
  ],
  ['AdamW', WEIGHTS.map((shape, i) => adamW(shape, i % 2 === 0 ? 0 : 0.01))],
];
