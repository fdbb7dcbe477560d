import {backend_util, util} from '@tensorflow/tfjs';
import {convolution} from '../../../src/kernels/simd/convolution';
import type {ProjectionModule} from '../../../src/kernels/simd/modules';
import {optimizers} from '../../../src/kernels/simd/optimizers';
import {products} from '../../../src/kernels/simd/products';
import {projection} from '../../../src/kernels/simd/projection';
import {waves} from '../../../src/kernels/simd/waves';
import {type Case, guardedMemory, type NativeCall} from './guarded_memory';

// Sizes around vectors of 4, tiles of 4, 8, 16 and 32 values, 64 rows, and the 4096 values of the cache.
const WIDTHS = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 255, 256, 257, 4095, 4096, 4097];
/** Around the columns of waves of depth 11, 3 and 2 that are done at a time. */
const COLUMNS = [91, 92, 93, 339, 340, 341, 511, 512, 513];
const ROWS = [0, 1, 2, 3, 4, 5, 63, 64, 65];
const INNER = [1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 33];
const POWERS = Array.from({length: 13}, (_, bits) => 2 ** bits);
const DEPTHS = [1, 2, 3, 11];
const LARGEST = 3 * 4097;
/** The cache cuts longer rows. */
const LONG: [number, number, number][] = [
  [1, 8192, 1],
  [2, 16384, 1],
  [1, 32768, 1],
  [9, 32768, 1],
  [1, 4096, 7],
  [1, 2048, 8],
  [2, 1, 9000],
];
/** Longer than the second cache. */
const LONGEST: [number, number, number] = [2, 2 ** 19, 1];

const product = <A, B, C>(as: A[], bs: B[], cs: C[]): [A, B, C][] =>
  as.flatMap((a) => bs.flatMap((b) => cs.map((c): [A, B, C] => [a, b, c])));
const shapes = (middle: number[]) => [
  ...product(ROWS, middle, INNER).filter((shape) => util.sizeFromShape(shape) <= LARGEST),
  ...LONG,
];

const parameters = (names: string[], shape: number[]) => Object.fromEntries(names.map((name) => [name, shape]));

const transforms = (names: string[], attrs: object = {}): Case[] =>
  [...shapes(POWERS), LONGEST].map((x) => ({
    inputs: {x, z: x, dy: x, ...parameters(names, [x[1]])},
    attrs: {axis: 1, scale: 0.5, units: x[1], tiled: false, moved: 0, ...attrs},
  }));

/** Cases whose x is shorter than the axis, or moved: by fewer numbers than it has, by as many, and by more. */
const expanding = (cases: Case[]): Case[] =>
  cases.flatMap(({inputs, attrs}) => {
    const [outer, n, inner] = inputs.x;
    const whole = [n, Math.ceil(n / 2), Math.ceil(n / 3)];
    return whole.flatMap((units) =>
      [true, false].map((tiled) => {
        const moved = tiled ? Math.ceil((2 * n) / 3) : Math.floor(units / 2);
        const offset: Case['inputs'] = moved > 0 ? {offset: [moved]} : {};
        return {inputs: {...inputs, x: [outer, units, inner], ...offset}, attrs: {...attrs, units, tiled, moved}};
      }),
    );
  });

const selections = (transposed: boolean): Case[] =>
  shapes(POWERS).flatMap(([outer, n, inner]) =>
    [...new Set([1, Math.ceil(n / 2), n])].map((count) => ({
      inputs: {x: [outer, transposed ? count : n, inner], signs: [n], indices: [count]},
      attrs: {axis: 1, scale: 0.5, transposed, units: n, tiled: false, moved: 0},
    })),
  );

const pairs: Case[] = shapes(WIDTHS).map((x) => ({
  inputs: {x, dy: x, ...parameters(['negative', 'positive'], [x[1]])},
  attrs: {units: x[1], inner: x[2]},
}));

const tents: Case[] = product(ROWS, [...WIDTHS, ...COLUMNS], DEPTHS)
  .filter(([rows, channels, depth]) => rows * channels * depth <= LARGEST)
  .map(([rows, channels, depth]) => ({
    inputs: {x: [rows, channels], dy: [rows, channels], ...parameters(['peaks', 'scales'], [channels, depth])},
    attrs: {},
  }));

const weights: Case[] = WIDTHS.map((width) => ({
  inputs: parameters(['weight', 'gradient', 'first', 'second'], [width]),
  attrs: {beta1: 0.9, beta2: 0.999, rate: 0.01, epsilon: 1e-7, decay: 1e-3, rest: 1},
}));

const matrices: Case[] = [false, true].flatMap((first) =>
  product([1, 2, 3, 4, 5, 9], [1, 3, 4, 5, 8, 17], [1, 2, 3, 4, 5, 8, 9]).map(([rows, columns, steps]) => ({
    inputs: first ? {a: [steps, columns], b: [steps, rows]} : {a: [rows, steps], b: [columns, steps]},
    attrs: {first},
  })),
);

type Shape4D = [number, number, number, number];

/** Around tiles of 4 x 8 channels; windows that reach over the edges, skip pixels, and leave some out. */
const convolutions = (isDepthwise: boolean): Case[] =>
  product([1, 2, 3, 4, 5, 8, 9, 17], isDepthwise ? [1, 2, 3] : [1, 3, 4, 7, 8, 9, 17], [1, 2, 3, 5]).flatMap(
    ([channels, others, size]) =>
      (['same', 'valid'] as const).flatMap((pad) =>
        [1, 2].map((strides): Case => {
          const x: Shape4D = [2, 5, 7, channels];
          const filter: Shape4D = [size, size, channels, others];
          const info = backend_util.computeConv2DInfo(x, filter, strides, 1, pad, undefined, isDepthwise);
          return {inputs: {x, dy: info.outShape, filter: info.filterShape}, attrs: info};
        }),
      ),
  );

const CASES: {[kernel: string]: Case[]} = {
  WalshHadamard: transforms([]),
  SignedWalshHadamard: [
    ...expanding(transforms(['signs'], {transposed: false})),
    ...transforms(['signs'], {transposed: true}),
  ],
  SelectedWalshHadamard: [...expanding(selections(false)), ...selections(true)],
  ReLUPair: pairs,
  ReLUPairGradient: pairs,
  ReLUPairSlopes: pairs,
  WHTReLUPair: expanding(transforms(['signs', 'negative', 'positive'])),
  WHTReLUPairForward: expanding(transforms(['signs', 'negative', 'positive'])),
  WHTReLUPairBackward: transforms(['signs', 'negative', 'positive']),
  TriangleWave: tents,
  TriangleWaveGradient: tents,
  AdamW: weights,
  Conv2DBackpropFilter: convolutions(false),
  DepthwiseConv2dNativeBackpropFilter: convolutions(true),
  DepthwiseConv2dNativeBackpropInput: convolutions(true),
  TransposedMatMul: matrices,
};

it('there are cases for every kernel', () => {
  const kernels = [projection, waves, optimizers, convolution, products].flatMap(({planners}) => Object.keys(planners));
  expect(kernels.sort()).toEqual(Object.keys(CASES).sort());
});

const calls: {[kernel: string]: NativeCall} = {
  ...guardedMemory(projection),
  ...guardedMemory(waves),
  ...guardedMemory(optimizers),
  ...guardedMemory(convolution),
  ...guardedMemory(products),
};

it.each(Object.keys(CASES))('%s writes to its outputs only, and reads nothing but its inputs', (kernel) => {
  const wrong = CASES[kernel].flatMap((example) => calls[kernel](example) ?? []);
  expect(wrong.slice(0, 5)).toEqual([]);
});

// A check that cannot fail proves nothing.
describe('it would notice', () => {
  const {WalshHadamard: planner} = projection.planners;
  const example: Case = {inputs: {x: [3, 8, 1]}, attrs: {axis: 1, scale: 1}};

  const found = (run: (native: ProjectionModule, from: number, to: number) => void) => {
    const broken: typeof planner = (native, inputs, attrs) => ({
      ...planner(native, inputs, attrs),
      run: ([from], [to]) => run(native, from, to),
    });
    return guardedMemory({...projection, planners: {broken}}).broken(example);
  };

  it('a row too many', () => {
    const wrong = found((native, from, to) => native.walshHadamard(from, to, to, 4, 8, 1, 1, 0, 0, 0));
    expect(wrong).toMatch(/^x \[3,8,1\].*: byte \d+ of the memory around it was changed$/);
  });

  it('an input that is written to', () => {
    const wrong = found((native, from, to) => native.walshHadamard(to, from, from, 3, 8, 1, 1, 0, 0, 0));
    expect(wrong).toMatch(/was changed$/);
  });

  it('a value that is read from beside an input', () => {
    const wrong = found((native, from, to) => native.walshHadamard(from + 4, to, to, 3, 8, 1, 1, 0, 0, 0));
    expect(wrong).toMatch(/: the outputs depend on what lies around the inputs$/);
  });
});
