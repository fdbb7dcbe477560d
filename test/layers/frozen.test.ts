import * as tf from '@tensorflow/tfjs';
import {analysis, exporters, layers} from 'tfjs-piecewise';
import {useBackend} from '../support/backend';
import {expectClose} from '../support/close';
import {ROWS} from './layer_cases';
import {inputs, nameOf, outputs, weightsOf} from './models';

useBackend();

const {reluPair, whtProjection} = layers;

/** Saves and loads as a server and a page do. */
async function loaded(model: tf.LayersModel): Promise<tf.LayersModel> {
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = JSON.parse(JSON.stringify({...artifacts, weightData: undefined}));
      saved!.weightData = artifacts.weightData;
      return {modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts)};
    }),
  );
  return tf.loadLayersModel(tf.io.fromMemory(saved!));
}

const namesOf = (layer: tf.layers.Layer) => layer.weights.map(nameOf);

/** Moves all weights away from where they start. */
function disturb(model: tf.LayersModel): void {
  tf.tidy(() => {
    model.setWeights(
      model.getWeights().map((w, i) => tf.add(w, tf.randomUniform(w.shape, -0.4, 0.4, 'float32', i + 1))),
    );
  });
}

/** A loss after each of some steps with the optimizer. */
async function trained(model: tf.LayersModel, x: tf.Tensor): Promise<void> {
  const y = tf.tidy(() => tf.add(model.predict(x) as tf.Tensor, 1));
  const optimizer = tf.train.sgd(0.1);
  model.compile({optimizer, loss: 'meanSquaredError'});
  await model.fit(x, y, {epochs: 2, verbose: 0});
  optimizer.dispose();
  y.dispose();
}

const READ_OUT = {units: 2, kernelInitializer: tf.initializers.glorotUniform({seed: 1})};
const modelOf = (layer: tf.layers.Layer) => tf.sequential({layers: [layer, tf.layers.dense(READ_OUT)]});

const FREEZING: [title: string, make: (row: (typeof ROWS)[number]) => tf.Sequential][] = [
  ['made frozen', ({make, inputShape}) => modelOf(make({inputShape, name: 'mine', trainable: false} as object))],
  [
    'frozen before it is built',
    ({make, inputShape}) => {
      const layer = make({inputShape, name: 'mine'});
      layer.trainable = false;
      return modelOf(layer);
    },
  ],
  [
    'frozen in its model',
    ({make, inputShape}) => {
      const model = modelOf(make({inputShape, name: 'mine'}));
      model.layers[0].trainable = false;
      return model;
    },
  ],
];

describe.each(FREEZING)('%s', (_, freeze) => {
  it.each(ROWS)(
    '$title has the same weights, counts, files and outputs, and trains again when it is freed',
    async (row) => {
      const model = freeze(row);
      const [layer] = model.layers;
      expect(Object.fromEntries(layer.weights.map((weight) => [nameOf(weight), weight.shape]))).toEqual(row.weights);
      expect(layer.trainableWeights).toEqual([]);
      const x = inputs(8, row.inputShape);
      disturb(model);
      const copy = await loaded(model);
      expect(copy.layers[0].trainable).toBe(false);
      expect(copy.countParams()).toBe(model.countParams());
      expect(await outputs(copy, () => tf.clone(x))).toEqual(await outputs(model, () => tf.clone(x)));

      const before = await weightsOf(copy.layers[0]);
      await trained(copy, x);
      expect(await weightsOf(copy.layers[0])).toEqual(before);

      copy.layers[0].trainable = true;
      const trainable = copy.layers[0].trainableWeights.map(nameOf);
      const free = row.make({inputShape: row.inputShape, name: 'free'});
      free.apply(tf.input({shape: row.inputShape}));
      free.trainable = true; // presets are made frozen
      expect(trainable).toEqual(free.trainableWeights.map(nameOf));
      await trained(copy, x);
      const after = await weightsOf(copy.layers[0]);
      // An op that does not reach a weight leaves it alone; most move.
      if (trainable.length > 0)
        expect(trainable.some((name) => String(after[name]) !== String(before[name]))).toBe(true);
      tf.dispose(x);
      for (const one of [model, copy, free]) one.dispose();
    },
  );
});

describe('a frozen pair inside a projection', () => {
  const make = (pair: layers.ReLUPair, args = {}) =>
    tf.sequential({
      layers: [
        whtProjection({
          units: 4,
          seed: 1,
          useBias: true,
          trainableSigns: true,
          activation: pair,
          inputShape: [4],
          ...args,
        }),
        tf.layers.dense(READ_OUT),
      ],
    });
  const NAMES = ['signs', 'bias', 'negative', 'positive'];

  it.each([
    ['made frozen', () => make(reluPair({trainable: false, initializer: 'uniform'})), ['signs', 'bias']],
    [
      'frozen later',
      () => {
        const pair = reluPair({initializer: 'uniform'});
        const model = make(pair);
        pair.trainable = false;
        return model;
      },
      ['signs', 'bias'],
    ],
    [
      'frozen by freezing the model, and freed by freeing the layer',
      () => {
        const model = make(reluPair({initializer: 'uniform'}));
        model.layers[0].trainable = false;
        model.layers[0].trainable = true;
        return model;
      },
      NAMES,
    ],
  ])('%s: its slopes are weights of the layer', async (_, build, trainable) => {
    const model = build();
    const [layer] = model.layers;
    expect(namesOf(layer)).toEqual(NAMES);
    expect(layer.countParams()).toBe(16);
    expect(layer.trainableWeights.map(nameOf)).toEqual(trainable);
    const x = inputs(8, [4]);
    disturb(model);
    const before = await weightsOf(layer);
    await trained(model, x);
    const after = await weightsOf(layer);
    for (const name of NAMES) expect(String(after[name]) === String(before[name])).toBe(!trainable.includes(name));

    const copy = await loaded(model);
    expect(copy.layers[0].trainableWeights.map(nameOf)).toEqual(trainable);
    const expected = await outputs(model, () => tf.clone(x));
    expect(await outputs(copy, () => tf.clone(x))).toEqual(expected);
    const dense = exporters.toDense(copy);
    expectClose(await outputs(dense, () => tf.clone(x)), expected, {absolute: 1e-5, relative: 1e-5});
    expect((await exporters.toOnnx(copy)).length).toBeGreaterThan(100);
    expect((await exporters.toGraphModel(copy)).weightSpecs!.length).toBeGreaterThan(0);
    expect((await analysis.parameterReport(copy)).total.parameters).toBe(copy.countParams());
    const {regions} = await analysis.countLinearRegions(copy, {from: [-1, -1, -1, -1], to: [1, 1, 1, 2]});
    expect(regions).toBeGreaterThan(1);
    copy.layers[0].trainable = true;
    expect(copy.layers[0].trainableWeights.map(nameOf)).toEqual(NAMES);
    tf.dispose(x);
    for (const one of [model, copy, dense]) one.dispose();
  });

  it('made with a frozen layer leaves no tensor when it is disposed', () => {
    const before = tf.memory().numTensors;
    const model = make(reluPair({trainable: false}), {trainable: false});
    expect(namesOf(model.layers[0])).toEqual(NAMES);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
