import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {useBackend} from '../support/backend';

useBackend();

const {blockDense, product, reluPair, regionDense, sawtooth, square, triangleWave, whtProjection} = pw.layers;

// biome-ignore lint/suspicious/noExplicitAny: wrong on purpose
type Any = any;

const FACTORIES: [name: string, make: (args: Any) => tf.layers.Layer][] = [
  ['whtProjection', (args) => whtProjection({units: 4, ...args})],
  ['reluPair', (args) => reluPair(args)],
  ['triangleWave', (args) => triangleWave(args)],
  ['regionDense', (args) => regionDense({units: 4, ...args})],
  ['blockDense', (args) => blockDense(args)],
  ['square', (args) => square(args)],
  ['sawtooth', (args) => sawtooth(args)],
  ['product', (args) => product(args)],
];

describe.each(FACTORIES)('%s', (name, make) => {
  const known = name === 'square' || name === 'sawtooth' || name === 'product' ? ['depth'] : ['seed'];

  it('refuses an option that it does not know, and names the nearest one', () => {
    const misspelled = {seed: 'sead', depth: 'dept'}[known[0]]!;
    expect(() => make({[misspelled]: 1})).toThrow(`'${misspelled}'. Did you mean '${known[0]}'?`);
    expect(() => make({namee: 'mine'})).toThrow("'namee'. Did you mean 'name'?");
    expect(() => make({kernelRegularizer: 'l1l2'})).toThrow(
      /must have known names, but received 'kernelRegularizer'. The/,
    );
  });

  it('takes what all layers of tfjs take', () => {
    const common = {name: 'mine', trainable: false, batchInputShape: [2, 2], batchSize: 2, dtype: 'float32'};
    expect(make(common).name).toBe('mine');
    expect(() => make({inputShape: [2], inputDType: 'float32', weights: undefined})).not.toThrow();
  });
});

describe('an option given as undefined is not given', () => {
  const CASES: [title: string, make: () => tf.layers.Layer, plain: () => tf.layers.Layer][] = [
    [
      'whtProjection',
      () =>
        whtProjection({
          units: 4,
          name: 'mine',
          rounds: undefined,
          seed: undefined,
          axis: undefined,
          trainableSigns: undefined,
          expand: undefined,
          contract: undefined,
          inputNorm: undefined,
          useBias: undefined,
          activation: undefined,
          randomVersion: undefined,
        }),
      () => whtProjection({units: 4, name: 'mine'}),
    ],
    [
      'reluPair',
      () =>
        reluPair({
          name: 'mine',
          parametricFraction: undefined,
          sharedAxes: undefined,
          initializer: undefined,
          useBias: undefined,
          fixedGain: undefined,
        }),
      () => reluPair({name: 'mine'}),
    ],
    [
      'triangleWave',
      () =>
        triangleWave({
          name: 'mine',
          depth: undefined,
          scaling: undefined,
          curvature: undefined,
          scale: undefined,
          base: {slope: undefined, intercept: undefined, trainable: undefined},
          inputNorm: undefined,
          domain: undefined,
          outside: undefined,
          peakInitializer: undefined,
          peakEpsilon: undefined,
          peakGain: undefined,
          tailPeak: undefined,
          stage: undefined,
        }),
      () => triangleWave({name: 'mine'}),
    ],
    [
      'regionDense',
      () =>
        regionDense({
          units: 4,
          name: 'mine',
          base: undefined,
          inputDim: undefined,
          subnets: undefined,
          useBias: undefined,
          kernelInitializer: undefined,
          mixInitializer: undefined,
          biasInitializer: undefined,
          activation: undefined,
          kernelRegularizer: undefined,
        } as Any),
      () => regionDense({units: 4, name: 'mine'}),
    ],
    [
      'blockDense',
      () =>
        blockDense({
          name: 'mine',
          blocks: undefined,
          size: undefined,
          activation: undefined,
          useBias: undefined,
          kernelInitializer: undefined,
          biasInitializer: undefined,
        }),
      () => blockDense({name: 'mine'}),
    ],
    ['square', () => square({name: 'mine', depth: undefined, domain: undefined}), () => square({name: 'mine'})],
    [
      'sawtooth',
      () => sawtooth({name: 'mine', domain: undefined, trainable: undefined}),
      () => sawtooth({name: 'mine'}),
    ],
    ['product', () => product({name: 'mine', range: undefined}), () => product({name: 'mine'})],
  ];

  it.each(CASES)('%s', (_, make, plain) => {
    expect(make().getConfig()).toEqual(plain().getConfig());
  });

  it('ops', () => {
    const x = tf.tensor1d([1, 2, 3, 4]);
    const [y, same] = [
      pw.walshHadamard(x, {axis: undefined, normalize: undefined, signs: undefined}),
      pw.walshHadamard(x),
    ];
    expect([...y.dataSync()]).toEqual([...same.dataSync()]);
    expect(pw.randomSigns(8, {seed: 1, round: undefined})).toEqual(pw.randomSigns(8, {seed: 1}));
    tf.dispose([x, y, same]);
  });
});

describe('names that are nearly right', () => {
  const MISTAKES: [title: string, make: () => unknown, message: string | RegExp][] = [
    [
      'the class of the pair as an activation',
      () => whtProjection({units: 4, activation: 'ReLUPair' as Any}),
      /activation must be one of .*, but received ReLUPair. Did you mean 'reluPair'\?/,
    ],
    [
      'the class of a wave as an activation',
      () => whtProjection({units: 4, activation: 'TriangleWave' as Any}),
      /but received TriangleWave. Put another layer after this one./,
    ],
    [
      'a pair where there is none',
      () => regionDense({units: 4, activation: 'reluPair' as Any}),
      /activation must be one of .*, but received reluPair. /,
    ],
    [
      'a layer as an activation',
      () => blockDense({activation: tf.layers.leakyReLU() as Any}),
      /activation must be one of .* Put another layer after this one/,
    ],
    ['an activation of another case', () => blockDense({activation: 'ReLU' as Any}), "Did you mean 'relu'?"],
    [
      'the class of a layer in a layer of tfjs',
      () => tf.layers.dense({units: 2, activation: 'ReLUPair' as Any}),
      /^ReLUPair: it must be a layer of the model.* Put it after the layer: pw.layers.reluPair\(\)\.$/,
    ],
    [
      'a wave in a layer of tfjs',
      () => tf.layers.dense({units: 2, activation: 'TriangleWave' as Any}),
      'pw.layers.triangleWave()',
    ],
    [
      'a word for a truth value',
      () => whtProjection({units: 4, useBias: 'no' as Any}),
      'useBias must be true or false',
    ],
    ['a word of another case', () => triangleWave({inputNorm: 'Clip' as Any}), "Did you mean 'clip'?"],
    ['no domain at all', () => square({domain: 5 as Any}), 'square: domain must be two finite numbers'],
    ['options that are none', () => reluPair('relu' as Any), 'options must be an object'],
  ];

  it.each(MISTAKES)('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });

  it('a base line of an unknown key', () => {
    expect(() => triangleWave({base: {slop: 2} as Any})).toThrow("'slop'. Did you mean 'slope'?");
  });

  it('null is no domain', () => {
    expect(square({domain: null as Any}).domain).toEqual([0, 1]);
  });

  it('one pair in two projections, or as a layer as well', () => {
    const pair = reluPair();
    whtProjection({units: 4, activation: pair, name: 'first'});
    const second = () => whtProjection({units: 4, activation: pair, name: 'second'});
    expect(second).toThrow(/layer second: an activation must be a layer of its own, .* the activation of first/);
    expect(() => pair.apply(tf.input({shape: [4]}))).toThrow(/an activation must be a layer of its own/);
  });
});

describe('public functions refuse an option that they do not know', () => {
  const model = () => tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [1]})]});
  const CALLS: [name: string, call: (one: tf.LayersModel) => unknown, meant: string][] = [
    ['walshHadamard', () => pw.walshHadamard([1, 2], {normalise: false} as Any), 'normalize'],
    ['whtReLUPair', () => pw.whtReLUPair([1, 2], 0, 1, {sign: 1} as Any), 'signs'],
    ['randomSigns', () => pw.randomSigns(2, {seed: 1, rounds: 2} as Any), 'round'],
    ['chordStart', () => (pw.chordStart as Any)([0, 1, 2]), 'y must be an array of numbers'],
    [
      'countLinearRegions',
      (m) => pw.analysis.countLinearRegions(m, {from: [0], to: [1], maxBreakpoint: 1} as Any),
      'maxBreakpoints',
    ],
    ['linearRegions2d', (m) => pw.analysis.linearRegions2d(m, {x: [0, 1], y: [0, 1], planes: {}} as Any), 'plane'],
    ['regionBounds', (m) => pw.analysis.regionBounds(m, {dimensions: 1} as Any), 'dimension'],
    ['stablyUnactivated', (m) => pw.analysis.stablyUnactivated(m, {layers: 'a'} as Any), 'layer'],
    ['stablyUnactivated, domain', (m) => pw.analysis.stablyUnactivated(m, {domain: {low: 0, hihg: 1}} as Any), 'high'],
    ['align', (m) => pw.analysis.align(m, m, {iteration: 1} as Any), 'iterations'],
    ['equivalent', (m) => pw.analysis.equivalent(m, m, {tolerence: 1} as Any), 'tolerance'],
    ['permuteUnits', (m) => pw.analysis.permuteUnits(m, {seed: 1, sign: true} as Any), 'signs'],
    ['storageCapacity', () => pw.theory.storageCapacity('relu', {RSB: 1} as Any), 'rsb'],
    [
      'storageCapacity, activation',
      () => pw.theory.storageCapacity('ReLU' as Any),
      'storageCapacity: activation must be',
    ],
    [
      'typicalOverlap',
      () => pw.theory.typicalOverlap('relu', 1, {arch: 'tree'} as Any),
      'The options are architecture',
    ],
    [
      'estimateCapacity',
      () => pw.theory.estimateCapacity(model, {inputs: 1, loads: [1], seed: 1, trial: 2} as Any),
      'trials',
    ],
    [
      'estimateStablyUnactivated',
      () => pw.theory.estimateStablyUnactivated({n0: 1, n1: 1, seed: 1, sample: 1} as Any),
      'samples',
    ],
    ['peakUniform', () => pw.initializers.peakUniform({minVal: 0.5} as Any), 'minval'],
    ['peakConstant', () => pw.initializers.peakConstant({values: 0.5} as Any), 'value'],
    ['given', () => pw.initializers.given({value: [1]} as Any), 'values'],
    ['rai', () => pw.initializers.rai({fanin: 3} as Any), 'fanIn'],
    ['torchLinear', () => pw.initializers.torchLinear({sead: 3} as Any), 'seed'],
    ['trainTwoStage', (m) => pw.trainTwoStage(m, tf.zeros([1, 1]), tf.zeros([1, 1]), {epoch: 2} as Any), 'epochs'],
  ];

  it.each(CALLS)('%s', async (_, call, meant) => {
    const one = model();
    tf.engine().startScope();
    const error = await (async () => call(one))().then(
      () => new Error('accepted'),
      (thrown: Error) => thrown,
    );
    tf.engine().endScope();
    expect(error.message).toContain(meant.includes(' ') ? meant : `Did you mean '${meant}'?`);
    one.dispose();
  });

  it.each([
    [
      'walshHadamard(x, null)',
      () => pw.walshHadamard([1, 2], null as Any),
      'options must be an object, but received null',
    ],
    ['chordStart()', () => (pw.chordStart as Any)(), 'chordStart: x must be an array of numbers or a tensor'],
    ['chordStart of text', () => pw.chordStart(['1', '2', '3'] as Any, [1, 2, 3]), 'x must be an array of numbers'],
    ['estimateCapacity()', () => (pw.theory.estimateCapacity as Any)(), 'factory must be a function'],
    ['permuteUnits(model)', () => (pw.analysis.permuteUnits as Any)(tf.sequential()), 'permuteUnits'],
  ])('%s', async (_, call, message) => {
    const error = await (async () => call())().then(
      () => new Error('accepted'),
      (thrown: Error) => thrown,
    );
    expect(error.message).toContain(message);
  });

  it('chordStart takes tensors', () => {
    const [x, y] = [tf.linspace(0, 1, 5), tf.tensor1d([0, 0.1, 0.3, 0.6, 1])];
    expect(pw.chordStart(x, y)).toEqual(pw.chordStart(x.dataSync(), [...y.dataSync()]));
    tf.dispose([x, y]);
  });
});

it('a saved option of another version is named and left out', () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  const config = {...reluPair({name: 'mine'}).getConfig(), slopeClip: 3};
  const layer = pw.layers.ReLUPair.fromConfig(pw.layers.ReLUPair, config);
  expect(layer.getConfig()).toEqual(reluPair({name: 'mine'}).getConfig());
  expect(warn.mock.calls[0][0]).toContain(
    'layer mine: saved by another version, with options that are not known here: slopeClip',
  );
  warn.mockRestore();
});

it('takes the weights that a layer of tfjs takes', () => {
  const slopes = [tf.tensor1d([1, 2]), tf.tensor1d([3, 4])];
  const layer = reluPair({weights: slopes});
  const x = tf.ones([1, 2]);
  const y = layer.apply(x) as tf.Tensor;
  expect([...y.dataSync()]).toEqual([3, 4]);
  layer.dispose();
  tf.dispose([x, y, slopes]);
});

it('layers without a name are called after their factory, short enough for a summary, and each differently', () => {
  const layers = [
    pw.layers.whtProjection({units: 4}),
    pw.layers.reluPair(),
    pw.layers.triangleWave(),
    pw.layers.regionDense({units: 1}),
    pw.layers.blockDense({size: 2}),
    pw.layers.reluPair(),
  ];
  const names = layers.map(({name}) => name);
  const kinds = ['wht_projection', 'relu_pair', 'triangle_wave', 'region_dense', 'block_dense', 'relu_pair'];
  for (const [i, kind] of kinds.entries()) expect(names[i]).toMatch(new RegExp(`^${kind}_\\d+$`));
  expect(new Set(names).size).toBe(layers.length);
  expect(pw.layers.reluPair({name: 're_lu_pair_ReLUPair1'}).name).toBe('re_lu_pair_ReLUPair1'); // as older files have it
});
