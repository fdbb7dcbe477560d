import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {useBackend, values} from '../support/backend';
import {normal} from '../support/random';

useBackend();

const {adamW} = pw.optimizers;
const EPOCHS = 6;

function makeModel(): tf.Sequential {
  const kernelInitializer = () => tf.initializers.glorotUniform({seed: 1});
  const model = tf.sequential({
    layers: [
      tf.layers.dense({units: 8, inputShape: [4], kernelInitializer: kernelInitializer()}),
      pw.layers.reluPair(),
      tf.layers.dense({units: 2, kernelInitializer: kernelInitializer()}),
    ],
  });
  const optimizer = adamW({weightDecay: 0.1, excludeFromWeightDecay: ['my_name_with_underscores', 'bias']});
  model.compile({optimizer, loss: 'meanSquaredError'});
  return model;
}

/** The epochs from one to another of a training of six. */
async function train(model: tf.LayersModel, from: number, to: number): Promise<void> {
  const [x, y] = [tf.tensor2d(normal(64, 1), [16, 4]), tf.tensor2d(normal(32, 2), [16, 2])];
  const onEpochEnd = (epoch: number) => {
    if (epoch + 1 === to) model.stopTraining = true;
  };
  const callbacks = [
    pw.schedules.cosine({learningRate: 0.05, warmup: 0.2}),
    new tf.CustomCallback({onEpochEnd}, 'never'),
  ];
  const common = {epochs: EPOCHS, initialEpoch: from, batchSize: 8, shuffle: false, verbose: 0, callbacks};
  await model.fit(x, y, {...common, yieldEvery: 'never'});
  tf.dispose([x, y]);
}

async function saved(model: tf.LayersModel): Promise<tf.LayersModel> {
  const artifacts = await new Promise<tf.io.ModelArtifacts>((resolve, reject) => {
    const handler = tf.io.withSaveHandler(async (given) => {
      resolve(given);
      return {modelArtifactsInfo: {dateSaved: new Date(), modelTopologyType: 'JSON'}};
    });
    model.save(handler, {includeOptimizer: true}).catch(reject);
  });
  return tf.loadLayersModel(tf.io.fromMemory(artifacts));
}

async function weightsOf(model: tf.LayersModel): Promise<number[][]> {
  const all = await Promise.all(model.getWeights().map(values));
  return all.map((weight) => [...weight]);
}

function end(...models: tf.LayersModel[]): void {
  for (const model of models) {
    model.optimizer.dispose();
    model.dispose();
  }
}

it('a training that was saved and goes on in a copy is the same to the bit', async () => {
  const [whole, first] = [makeModel(), makeModel()];
  await train(whole, 0, EPOCHS);
  await train(first, 0, 3);
  const second = await saved(first);
  expect(second.optimizer).toBeInstanceOf(pw.optimizers.AdamW);
  expect(second.optimizer.getConfig()).toEqual(first.optimizer.getConfig());
  expect(second.optimizer.iterations).toBe(6);
  // A copy of the copy, before it has trained.
  const third = await saved(second);
  await train(second, 3, EPOCHS);
  await train(third, 3, EPOCHS);
  const expected = await weightsOf(whole);
  expect(await weightsOf(second)).toEqual(expected);
  expect(await weightsOf(third)).toEqual(expected);
  // The moments are what made them equal.
  const {optimizer} = first;
  first.compile({optimizer: adamW({weightDecay: 0.1}), loss: 'meanSquaredError'});
  optimizer.dispose();
  await train(first, 3, EPOCHS);
  expect(await weightsOf(first)).not.toEqual(expected);
  end(whole, first, second, third);
});

it('saving leaves no tensor that dispose does not reach', async () => {
  const before = tf.memory().numTensors;
  const model = makeModel();
  await train(model, 0, 1);
  await model.optimizer.getWeights();
  const {numTensors} = tf.memory();
  for (let i = 0; i < 5; i++) await model.optimizer.getWeights();
  expect(tf.memory().numTensors).toBe(numTensors);
  end(model);
  expect(tf.memory().numTensors).toBe(before);
});

it('two models with one optimizer, or two, train as each alone', async () => {
  const alone = makeModel();
  await train(alone, 0, EPOCHS);
  const [one, other] = [makeModel(), makeModel()];
  other.compile({optimizer: one.optimizer, loss: 'meanSquaredError'});
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    await train(one, epoch, epoch + 1);
    await train(other, epoch, epoch + 1);
  }
  const expected = await weightsOf(alone);
  expect(await weightsOf(one)).toEqual(expected);
  expect(await weightsOf(other)).toEqual(expected);
  end(alone, one);
  other.dispose();
});

describe('moments that were saved', () => {
  const step = (optimizer: tf.Optimizer, ...variables: tf.Variable[]) =>
    tf.tidy(() =>
      optimizer.applyGradients(variables.map((v) => ({name: v.name, tensor: tf.onesLike(v as tf.Tensor)}))),
    );
  const variable = (name: string, size: number) => tf.tidy(() => tf.variable(tf.ones([size]), true, name));

  it('go to the weights of their names, in any order and a few at a time', async () => {
    const [a, b, same] = [variable('names/a', 2), variable('names/b', 2), variable('names/c', 2)];
    const first = adamW({beta2: 0.9});
    for (let t = 0; t < 3; t++) step(first, a, b);
    step(first, b);
    const second = adamW({beta2: 0.9});
    await second.setWeights(await first.getWeights());
    step(first, a, b);
    const expected = [...(await values(a)), ...(await values(b))];
    for (const each of [a, b]) each.assign(same as tf.Tensor);
    const third = adamW({beta2: 0.9});
    for (let t = 0; t < 3; t++) step(third, a, b);
    step(third, b);
    step(second, b);
    step(second, a);
    expect([...(await values(a)), ...(await values(b))]).toEqual(expected);
    tf.dispose([a, b, same]);
    for (const optimizer of [first, second, third]) optimizer.dispose();
  });

  it('of other weights are refused', async () => {
    const [a, b, wide] = [variable('other/a', 2), variable('other/b', 2), variable('other/wide', 3)];
    const first = adamW();
    step(first, a);
    const given = await first.getWeights();
    const next = async () => {
      const optimizer = adamW();
      await optimizer.setWeights(given);
      return optimizer;
    };
    const [many, other] = [await next(), await next()];
    expect(() => step(many, b, wide)).toThrow('the weights must be those that were saved, other/a, but received');
    expect(() => step(other, wide)).toThrow('the saved moments of other/wide must have its shape [3]');
    await expect(other.setWeights(given.slice(0, 3))).rejects.toThrow("must be 'iter', 'steps', all first");
    await expect(other.setWeights([given[0]])).rejects.toThrow("must be 'iter', 'steps', all first");
    tf.dispose([a, b, wide]);
    for (const optimizer of [first, many, other]) optimizer.dispose();
  });
});

it('a config makes the same optimizer; a function is saved as the names that it excluded', () => {
  const args = {learningRate: 0.3, weightDecay: 0.2, beta1: 0.5, beta2: 0.6, epsilon: 1e-3};
  const copy = (optimizer: pw.optimizers.AdamW) =>
    pw.optimizers.AdamW.fromConfig(pw.optimizers.AdamW, optimizer.getConfig()) as pw.optimizers.AdamW;
  const optimizer = adamW({...args, excludeFromWeightDecay: (name) => name.endsWith('bias')});
  const [kernel, bias] = ['kernel', 'bias'].map((name) =>
    tf.tidy(() => tf.variable(tf.scalar(1), true, `config/${name}`)),
  );
  const gradient = tf.scalar(0);
  optimizer.applyGradients([kernel, bias].map(({name}) => ({name, tensor: gradient})));
  expect(copy(optimizer)).toMatchObject(args);
  expect(copy(optimizer).getConfig().excludeFromWeightDecay).toEqual([{name: 'config/bias'}]);
  expect(copy(adamW()).getConfig()).toEqual(adamW().getConfig());
  tf.dispose([kernel, bias, gradient]);
  optimizer.dispose();
});
