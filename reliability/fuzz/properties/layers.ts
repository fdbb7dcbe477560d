import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import * as pw from 'tfjs-piecewise';
import {ensure} from '../compare';
import {property} from '../property';
import {numbers, plainNumbers, sizeOf} from '../values';

interface LayerCase {
  kind: string;
  make: () => tf.layers.Layer;
  /** Without the batch axis. */
  inputShape: number[];
  outputShape: number[];
  /** Trainable numbers. */
  parameters: number;
  /** False where an activation of tfjs's own takes NaN for 0, as its relu does on wasm. */
  keepsNaN?: boolean;
}

const seed = fc.integer({min: -(2 ** 40), max: 2 ** 40});
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, {nil: undefined});
const lead = fc.array(fc.integer({min: 1, max: 3}), {maxLength: 2});
const width = fc.integer({min: 1, max: 20});
/** Options that were drawn; those that were not are left out, as a user would. */
const given = <T extends object>(options: T): T =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;

const projections: fc.Arbitrary<LayerCase> = fc
  .record({
    lead,
    inputs: width,
    units: fc.integer({min: 1, max: 40}),
    atFront: fc.boolean(),
    rounds: some(fc.integer({min: 1, max: 3})),
    seed: some(seed),
    trainableSigns: some(fc.boolean()),
    expand: some(fc.constantFrom('tile' as const, 'pad' as const)),
    contract: some(fc.constantFrom('subsample' as const, 'head' as const)),
    inputNorm: some(fc.constantFrom('none' as const, 'sphere' as const)),
    useBias: some(fc.boolean()),
    randomBias: some(fc.constantFrom(0, 0.1, 2)),
    activation: some(fc.constantFrom('relu' as const, 'tanh' as const, 'reluPair' as const)),
  })
  .map(({lead, inputs, atFront, ...rest}) => {
    const options = given(rest);
    const n = 2 ** Math.ceil(Math.log2(Math.max(inputs, options.units)));
    const shape = (size: number) => (atFront ? [size, ...lead] : [...lead, size]);
    const inputShape = shape(inputs);
    const outputShape = shape(options.units);
    const diagonals = options.trainableSigns ? (options.rounds ?? 1) * n : 0;
    const slopes = options.activation === 'reluPair' ? 2 * sizeOf(outputShape) : 0;
    return {
      kind: `whtProjection ${JSON.stringify(options)}`,
      make: () => pw.layers.whtProjection({...options, axis: atFront ? 1 : -1, inputShape}),
      inputShape,
      outputShape,
      keepsNaN: options.activation !== 'relu',
      parameters: diagonals + slopes + (options.useBias ? options.units : 0),
    };
  });

const pairs: fc.Arbitrary<LayerCase> = fc
  .record({
    shape: fc.array(fc.integer({min: 1, max: 9}), {minLength: 1, maxLength: 3}),
    parametricFraction: some(fc.double({min: 0, max: 1, noNaN: true})),
    shared: fc.array(fc.boolean(), {minLength: 3, maxLength: 3}),
    initializer: some(fc.constantFrom('zeroCurvature' as const, 'relu' as const, 'uniform' as const)),
    seed: some(seed),
    useBias: some(fc.boolean()),
  })
  .map(({shape, shared, ...rest}) => {
    const options = given(rest);
    const sharedAxes = shape.map((_, i) => i + 1).filter((axis) => shared[axis - 1]);
    const units = sizeOf(shape.filter((_, i) => !shared[i]));
    return {
      kind: `reluPair ${JSON.stringify({...options, sharedAxes})}`,
      make: () => pw.layers.reluPair({...options, ...(sharedAxes.length > 0 && {sharedAxes}), inputShape: shape}),
      inputShape: shape,
      outputShape: shape,
      parameters: 2 * Math.round((options.parametricFraction ?? 1) * units) + (options.useBias ? units : 0),
    };
  });

const waveOptions = {
  depth: some(fc.integer({min: 1, max: 11})),
  scaling: some(fc.constantFrom('tied' as const, 'free' as const, 'sawtooth' as const, 'takagi' as const)),
  curvature: some(fc.constantFrom('convex' as const, 'concave' as const, 'dc' as const, 'signed' as const)),
  scale: some(fc.constantFrom('a0a1' as const, 'train' as const, 0.25)),
  inputNorm: some(fc.constantFrom('none' as const, 'clip' as const, 'sigmoid' as const, 'fold' as const)),
  seed: some(seed),
};

const waves: fc.Arbitrary<LayerCase> = fc
  .record({lead, channels: width, ...waveOptions})
  .map(({lead, channels, ...rest}) => {
    const inputShape = [...lead, channels];
    return {
      kind: `triangleWave ${JSON.stringify(given(rest))}`,
      make: () => pw.layers.triangleWave({...given(rest), inputShape}),
      inputShape,
      outputShape: inputShape,
      parameters: Number.NaN, // depends on every option: see test/layers
    };
  });

const regionDense: fc.Arbitrary<LayerCase> = fc
  .record({
    lead,
    inputs: width,
    units: width,
    subnets: some(fc.integer({min: 1, max: 8})),
    useBias: some(fc.boolean()),
    ...waveOptions,
  })
  .map(({lead, inputs, ...rest}) => ({
    kind: `regionDense ${JSON.stringify(given(rest))}`,
    make: () => pw.layers.regionDense({...given(rest), inputShape: [...lead, inputs]}),
    inputShape: [...lead, inputs],
    outputShape: [...lead, rest.units],
    parameters: Number.NaN,
  }));

const blockDense: fc.Arbitrary<LayerCase> = fc
  .record({
    lead,
    blocks: fc.integer({min: 1, max: 5}),
    size: fc.integer({min: 1, max: 5}),
    useBias: some(fc.boolean()),
    seed: some(seed),
  })
  .map(({lead, blocks, size, ...rest}) => {
    const inputShape = [...lead, blocks * size];
    return {
      kind: `blockDense ${JSON.stringify({blocks, size, ...given(rest)})}`,
      make: () => pw.layers.blockDense({...given(rest), blocks, size, inputShape}),
      inputShape,
      outputShape: inputShape,
      parameters: blocks * size ** 2 + (rest.useBias === false ? 0 : blocks * size),
    };
  });

const read = async (t: tf.Tensor) => Float32Array.from(await t.data());

async function requireEqual(what: string, a: tf.Tensor, b: tf.Tensor): Promise<void> {
  const [x, y] = [await read(a), await read(b)];
  const worst = x.findIndex((value, i) => !Object.is(value, y[i]) && value !== y[i]);
  ensure(worst < 0, () => `${what}: ${y[worst]}, expected ${x[worst]} at [${worst}]`);
}

/** What every layer must do in a model, with any options. */
export const layersProperty = property({
  name: 'layers',
  weight: 1,
  cases: fc.record({
    layer: fc.oneof(projections, pairs, waves, regionDense, blockDense),
    batch: fc.integer({min: 1, max: 4}),
    x: plainNumbers,
    spoil: fc.boolean(),
  }),
  async check({layer, batch, x, spoil}) {
    const model = tf.sequential({layers: [layer.make()]});
    const copies: tf.LayersModel[] = [];
    try {
      const values = numbers(x, batch * sizeOf(layer.inputShape));
      const input = tf.tensor(values, [batch, ...layer.inputShape]);
      const y = model.predict(input) as tf.Tensor;
      const shape = [batch, ...layer.outputShape];
      ensure(tf.util.arraysEqual(y.shape, shape), () => `${layer.kind}: output [${y.shape}], expected [${shape}]`);
      ensure((await read(y)).every(Number.isFinite), () => `${layer.kind}: the output of finite numbers is not finite`);
      const {parameters} = layer;
      const found = model.countParams();
      ensure(
        Number.isNaN(parameters) || found === parameters,
        () => `${layer.kind}: ${found} parameters, expected ${parameters}`,
      );

      let artifacts: tf.io.ModelArtifacts | null = null;
      await model.save(
        tf.io.withSaveHandler(async (saved) => {
          artifacts = JSON.parse(JSON.stringify({...saved, weightData: undefined}));
          artifacts!.weightData = saved.weightData;
          return {modelArtifactsInfo: {dateSaved: new Date(0), modelTopologyType: 'JSON' as const}};
        }),
      );
      const copy = await tf.loadLayersModel(tf.io.fromMemory(artifacts!));
      copies.push(copy);
      await requireEqual(`${layer.kind}, loaded`, y, copy.predict(input) as tf.Tensor);

      if (spoil && batch > 1 && tf.getBackend() !== 'webgpu') {
        // A NaN in the last sample stays in the last sample, and is seen there.
        values[values.length - 1] = Number.NaN;
        const spoiled = model.predict(tf.tensor(values, input.shape)) as tf.Tensor;
        const keep = (t: tf.Tensor) => tf.slice(t, [0], [batch - 1]);
        await requireEqual(`${layer.kind}, beside a sample with NaN`, keep(y), keep(spoiled));
        const last = await read(tf.slice(spoiled, [batch - 1], [1]));
        ensure(
          layer.keepsNaN === false || last.some(Number.isNaN),
          () => `${layer.kind}: the NaN of a sample is gone from its output`,
        );
      }
    } finally {
      for (const made of [model, ...copies]) made.dispose();
    }
  },
});
