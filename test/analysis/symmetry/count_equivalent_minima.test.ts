import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {MODELS, outputs, randomize, waves} from './models';

const {countEquivalentMinima} = pw.analysis;
const {dense, conv2d, flatten} = tf.layers;

it('counts the permutations of hidden widths to the last digit', () => {
  expect(countEquivalentMinima([10]).count).toBe(3628800);
  expect(countEquivalentMinima([10, 10]).count).toBe(13168189440000);
  expect(countEquivalentMinima([]).count).toBe(1);
  expect(countEquivalentMinima([128, 64]).count.toString()).toHaveLength(305);
  expect(countEquivalentMinima([4096]).count.toString()).toHaveLength(13020);
});

it.each([
  [[10, 10], 13.1195260658],
  [[128, 64], 304.6895769909],
  [[512, 512, 512], 3499.6237226573],
  [[6, 16, 120, 84], 341.52373],
  [[64, 64, 128, 128, 256, 256, 256, ...new Array(6).fill(512), 4096, 4096], 35168.5496],
  [[4096], 13019.56142774],
])('log10 of the count of widths %j is %d', (widths, expected) => {
  const digits = String(expected).split('.')[1].length;
  expect(countEquivalentMinima(widths).log10).toBeCloseTo(expected, digits - 0.5);
});

const tanh = (sizes: number[]) =>
  tf.sequential({
    layers: sizes.slice(1).map((units, i) =>
      dense({
        units,
        ...(i === 0 && {inputShape: [sizes[0]]}),
        ...(i < sizes.length - 2 && {activation: 'tanh'}),
        kernelInitializer: 'zeros',
      }),
    ),
  });

it.each([
  [[4, 10, 10, 3], 19.140125979],
  [[784, 128, 64, 10], 362.4873361584],
  [[64, 512, 512, 512, 10], 3962.0057959972],
])('log10 with signs of a tanh network of sizes %j is %d', (sizes, expected) => {
  expect(countEquivalentMinima(tanh(sizes)).withSigns.log10).toBeCloseTo(expected, 9);
});

it('finds every point of the orbit of a small tanh network', () => {
  const model = randomize(tanh([2, 3, 1]));
  const {count, withSigns} = countEquivalentMinima(model);
  expect([count, withSigns.count]).toEqual([6, 48]);
  const points = new Set<string>();
  for (let seed = 0; seed < 500; seed++) {
    const copy = pw.analysis.permuteUnits(model, {seed});
    points.add(String(copy.getWeights().map((weight) => weight.dataSync())));
    copy.dispose();
  }
  expect(points.size).toBe(48);
});

it.each([
  // [permutations, permutations and signs, continuous dimensions]
  ['relu', 86400n, 86400n, 11],
  ['tanh', 86400n, 86400n << 11n, 0],
  ['sigmoid', 86400n, 86400n << 11n, 0],
  ['hardSigmoid', 86400n, 86400n << 11n, 0],
  ['gelu', 86400n, 86400n, 0],
  ['leaky ReLU', 720n, 720n, 6 + 7], // and one number more for all units of a softmax
  ['absolute', 720n, 720n << 6n, 6],
  ['PReLU', 720n, 720n << 6n, 6],
  ['ReLU pairs', 86400n, 86400n << 22n, 22 + 6], // two biases are one
  ['convolutions', 2880n, 2880n << 5n, 9 + 10], // what a normalization has of its own
  ['transforms with a read-out', 256n, 1n << 26n, 18],
  ['transforms alone', 16n, 64n, 2],
  ['dense, then transforms', 10752n * 8n, (10752n * 8n) << 10n, 9],
])('counts the symmetries of %s', (name, count, all, continuous) => {
  const model = randomize(MODELS[name]());
  expect(countEquivalentMinima(model)).toMatchObject({
    count: Number(count),
    withSigns: {count: Number(all)},
    continuous,
    exact: true,
  });
});

it('counts no more than a lower bound where it knows no better', () => {
  const waves = countEquivalentMinima(randomize(MODELS['regions and waves']()));
  expect(waves).toMatchObject({count: 17280, exact: false});
  expect(waves.continuous).toBeGreaterThanOrEqual(10);
  expect(countEquivalentMinima([10]).exact).toBe(false); // the activation may add to it
  expect(countEquivalentMinima(randomize(MODELS['uneven transforms']()))).toMatchObject({exact: false});
});

it('counts the filters of convolutions', () => {
  const layers = [
    conv2d({filters: 5, kernelSize: 3, activation: 'gelu', inputShape: [8, 8, 1]}),
    conv2d({filters: 4, kernelSize: 3, activation: 'gelu'}),
    flatten(),
    dense({units: 3}),
  ];
  expect(countEquivalentMinima(tf.sequential({layers})).withSigns.count).toBe(2880);
});

it.each([
  [2, true, 2097152n, 17],
  [3, true, 67108864n, 18],
  [5, true, 68719476736n, 20],
  [1, false, 1n, 0],
  [2, false, 2n, 1],
  [3, false, 64n, 2],
  [5, false, 65536n, 4],
])('%i layers of 16 Walsh-Hadamard units (read-out: %s) have %d symmetries', (depth, readout, order, continuous) => {
  const symmetries = countEquivalentMinima(waves(depth, 16, readout));
  expect(symmetries).toMatchObject({withSigns: {count: Number(order)}, continuous, exact: true});
});

it.each([
  [2, 4, 8],
  [4, 8, 192],
  [8, 16, 21504],
])(
  'brute force: of the relabelings of %i units a transform passes %i diagonal and %i signed ones',
  (n, diagonal, signed) => {
    const model = tf.sequential({
      layers: [
        dense({units: n, activation: 'tanh', inputShape: [2]}),
        pw.layers.whtProjection({units: n, randomBias: 0}),
        pw.layers.reluPair(),
        dense({units: 1}),
      ],
    });
    const [, space] = countEquivalentMinima(model).spaces;
    expect(Number(space.permutations) * Number(space.signs)).toBe(signed);
    expect(Number(countEquivalentMinima(waves(2, n, true)).count) * 2).toBe(diagonal);
    expect(countMonomial(n, false)).toBe(diagonal);
    if (n < 8) expect(countMonomial(n, true)).toBe(signed); // 8! 2^8 products of matrices take minutes
  },
);

/** How many signed permutations M (or diagonals alone) make H M H / n one of such kind. */
function countMonomial(n: number, permuted: boolean): number {
  const H = Array.from({length: n}, (_, i) => Array.from({length: n}, (__, j) => (bits(i & j) % 2 ? -1 : 1)));
  const orders = permuted ? permutations(n) : [Array.from({length: n}, (_, i) => i)];
  let found = 0;
  for (const order of orders) {
    for (let flips = 0; flips < 2 ** n; flips++) {
      // Row i of M has its entry in column order[i].
      const image = H.map((row) =>
        H[0].map((_, j) => row.reduce((sum, h, i) => sum + h * ((flips >> i) & 1 ? -1 : 1) * H[order[i]][j], 0)),
      );
      if (image.every((row) => row.filter((value) => value !== 0).length === 1)) found++;
    }
  }
  return found;
}

const bits = (i: number) => i.toString(2).replaceAll('0', '').length;

function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((rest) =>
    Array.from({length: n}, (_, at) => [...rest.slice(0, at), n - 1, ...rest.slice(at)]),
  );
}

it('takes a threshold of 0 for a ReLU', () => {
  const first = dense({units: 4, inputShape: [3]});
  const model = tf.sequential({layers: [first, tf.layers.thresholdedReLU({theta: 0}), dense({units: 2})]});
  expect(countEquivalentMinima(model)).toMatchObject({continuous: 4, exact: true});
});

it.each([
  ['softmax', () => tf.layers.softmax()],
  ['layer normalization', () => tf.layers.layerNormalization()],
])('says that it does not know what %s of one unit hides', (_, make) => {
  const first = dense({units: 3, activation: 'tanh', inputShape: [2]});
  const model = tf.sequential({layers: [first, dense({units: 1}), make(), dense({units: 2})]});
  expect(countEquivalentMinima(model).exact).toBe(false);
});

// Weights less the rank of the derivatives, which float32 shows too dimly for the spec of ranks.
it.each([
  [2, 3, 3, 15],
  [4, 5, 3, 33],
  [5, 2, 3, 9],
  [3, 1, 3, 4],
])('a linear map from %d to %d units before a softmax of %d has %d dimensions', (inputs, units, outputs, expected) => {
  const first = dense({units, inputShape: [inputs]});
  const model = tf.sequential({layers: [first, dense({units: outputs, activation: 'softmax'})]});
  expect(countEquivalentMinima(model)).toMatchObject({continuous: expected, exact: true});
});

it('leaves the model and its outputs alone', () => {
  const model = randomize(MODELS.convolutions());
  const before = outputs(model);
  const {numTensors} = tf.memory();
  countEquivalentMinima(model);
  expect(tf.memory().numTensors).toBe(numTensors);
  expect(outputs(model)).toEqual(before);
});

it('refuses widths that are none', () => {
  expect(() => countEquivalentMinima([3, 0])).toThrow('widths[1] must be an integer >= 1, but received 0');
});

it('refuses a projection along another axis by name', () => {
  const projection = pw.layers.whtProjection({units: 4, axis: 1, inputShape: [4, 2], name: 'tokens'});
  expect(() => countEquivalentMinima(tf.sequential({layers: [projection]}))).toThrow('layer tokens: the projection');
});

const blocks = (size: number) => pw.layers.blockDense({size, activation: 'tanh'});

it.each<[string, boolean, () => tf.layers.Layer[]]>([
  ['blocks at the end', true, () => [blocks(2)]],
  ['blocks in a row that end', true, () => [blocks(2), blocks(2)]],
  ['large blocks before small ones that end', true, () => [blocks(4), blocks(2)]],
  ['small blocks before large ones that end, of which some may be exchanged', false, () => [blocks(2), blocks(4)]],
  ['blocks between dense layers, which may be exchanged', false, () => [blocks(2), dense({units: 2})]],
])('knows whether whole blocks may be exchanged: %s', (_, isExact, make) => {
  const layers = [dense({units: 8, activation: 'tanh', inputShape: [3]}), ...make()];
  const model = tf.sequential({layers});
  expect(countEquivalentMinima(model).exact).toBe(isExact);
  model.dispose();
});

it('brute force: of 24 orders of 4 units before blocks of 2, those within blocks pass', () => {
  const model = tf.sequential({
    layers: [
      dense({units: 4, activation: 'relu', inputShape: [3]}),
      pw.layers.blockDense({size: 2, activation: 'linear', useBias: false}),
    ],
  });
  const {spaces, exact} = countEquivalentMinima(model);
  const isBlocked = (order: number[], moved: number[]) =>
    order.every((from, i) => Math.floor(from / 2) === moved[Math.floor(i / 2)]);
  const all = permutations(4);
  expect(spaces[1].permutations).toBe(all.filter((order) => isBlocked(order, [0, 1])).length);
  // The outputs hold the blocks in place.
  expect(exact).toBe(true);
});
