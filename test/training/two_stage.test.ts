import * as tf from '@tensorflow/tfjs';
import {chordStart, layers, type TwoStageOptions, trainTwoStage} from 'tfjs-piecewise';
import {outputs, weightsOf} from '../layers/models';
import {useBackend} from '../support/backend';

useBackend();

const EPOCHS = 60;

const data = (): tf.Tensor[] =>
  tf.tidy(() => {
    const x = tf.reshape(tf.linspace(0, 1, 50), [50, 1]);
    return [x, tf.mul(x, tf.square(x))];
  });
const wave = (name = 'wave') =>
  tf.sequential({layers: [layers.triangleWave({depth: 3, seed: 3, name, inputShape: [1]})]});

async function train(options: TwoStageOptions, model = wave()) {
  const [x, y] = data();
  try {
    return {given: model, ...(await trainTwoStage(model, x, y, {start: 'model', verbose: 0, ...options}))};
  } finally {
    tf.dispose([x, y]);
  }
}

const end = (...models: tf.LayersModel[]) => {
  for (const model of models) model.dispose();
};

it('trains the regions, then all weights from the same outputs with a new optimizer, and leaves no tensor', async () => {
  const before = tf.memory().numTensors;
  const {given, model, history} = await train({epochs: EPOCHS, learningRate: {regions: 0.01, free: 0.003}});
  const [regions, free] = [history.regions.loss, history.free.loss] as number[][];
  expect(regions).toHaveLength(EPOCHS);
  expect(free).toHaveLength(EPOCHS);
  expect(regions.at(-1)).toBeLessThan(0.5 * regions[0]);
  // The first loss of a stage is that before its first step.
  expect(free[0]).toBeLessThan(1.2 * regions.at(-1)!); // which is that before its last step
  expect(Math.min(...free.slice(1))).toBeLessThan(free[0]); // Adam may jump up at first, and again
  expect(model.layers.map(({name}) => name)).toEqual(
    ['clip', 'hidden1', 'hidden2', 'hidden3', 'output'].map((part) => `wave_${part}`),
  );
  expect(model.optimizer).not.toBe(given.optimizer);

  const [error] = await outputs(given, () => tf.tensor2d([[0.5]]));
  expect(Math.abs(error - 0.125)).toBeLessThan(0.2);
  model.optimizer.dispose();
  end(given, model);
  expect(tf.memory().numTensors).toBe(before);
});

it('skips a stage of 0 epochs', async () => {
  const {given, model, history} = await train({epochs: {regions: 0, free: 2}});
  expect(history.regions).toEqual({});
  expect(history.free.loss).toHaveLength(2);
  const fresh = wave();
  expect(await weightsOf(given.layers[0])).toEqual(await weightsOf(fresh.layers[0]));
  model.optimizer.dispose();
  end(given, model, fresh);
});

it('tells every epoch, keeps the callbacks, and makes its optimizers by what is given', async () => {
  const told: string[] = [];
  const rates: [string, number][] = [];
  let begun = 0;
  const [x, y] = data();
  const {given, model} = await train({
    epochs: {regions: 2, free: 1},
    learningRate: {regions: 0.1, free: 0.2},
    batchSize: 20,
    validationData: [x, y],
    callbacks: {onTrainBegin: () => void begun++, onEpochEnd: (epoch) => void told.push(`callback ${epoch}`)},
    onEpoch: ({stage, epoch, epochs, logs}) => {
      expect(logs.val_loss).toBeGreaterThan(0);
      told.push(`${stage} ${epoch}/${epochs}`);
    },
    optimizer: (rate, stage) => {
      rates.push([stage, rate]);
      return tf.train.sgd(rate);
    },
  });
  expect(told).toEqual(['callback 0', 'regions 1/2', 'callback 1', 'regions 2/2', 'callback 0', 'free 1/1']);
  expect(rates).toEqual([
    ['regions', 0.1],
    ['free', 0.2],
  ]);
  expect(begun).toBe(2);
  model.optimizer.dispose();
  end(given, model);
  tf.dispose([x, y]);
});

describe('trainTwoStage refuses', () => {
  it.each<[string, TwoStageOptions, string]>([
    ['half an epoch', {epochs: 0.5}, 'trainTwoStage: epochs must be an integer >= 0, but received 0.5.'],
    [
      'epochs of one stage only',
      {epochs: {regions: 3} as never},
      'epochs must be an integer >= 0, but received undefined',
    ],
    ['a rate of 0', {learningRate: 0}, 'learningRate must be a finite number'],
    ['no batch', {batchSize: 0}, 'batchSize must be an integer >= 1'],
    ['a loss that is not finite', {epochs: 3, learningRate: 1e30}, "the loss of stage 'regions' must stay finite"],
  ])('%s, and leaves no tensor', async (_, options, message) => {
    const model = wave();
    await expect(train(options, model)).rejects.toThrow(message);
    end(model);
  });

  it('a model that cannot be converted, before it trains, and data that do not fit', async () => {
    class Odd extends tf.layers.Layer {
      static className = 'Odd';
    }
    const model = tf.sequential({layers: [new Odd({name: 'odd', inputShape: [1]})]});
    let epochs = 0;
    await expect(train({onEpoch: () => void epochs++}, model)).rejects.toThrow('toDense, layer odd: the class must be');
    expect(epochs).toBe(0);
    const good = wave();
    const [x, y] = data();
    const short = tf.zeros([3, 1]);
    await expect(trainTwoStage(good, x, short, {})).rejects.toThrow(
      'same number of samples, at least one, but received',
    );
    await expect(trainTwoStage(good, [1] as never, y)).rejects.toThrow('x must be a tensor whose first axis');
    tf.dispose([x, y, short]);
    end(good);
  });

  it('to go on when a callback throws in the free stage, and leaves no tensor', async () => {
    const model = wave();
    const onEpoch = ({stage}: {stage: string}) => {
      if (stage === 'free') throw new Error('enough');
    };
    await expect(train({epochs: 2, onEpoch}, model)).rejects.toThrow('enough');
    end(model);
  });
});

describe('what model.fit takes', () => {
  const done = (models: tf.LayersModel[]) => {
    for (const model of models) {
      model.optimizer?.dispose();
      model.dispose();
    }
  };

  it('early stopping ends each stage', async () => {
    const {given, model, history} = await train({
      epochs: 30,
      learningRate: 1e-9,
      callbacks: tf.callbacks.earlyStopping({monitor: 'loss', minDelta: 1, patience: 1}),
    });
    for (const stage of [history.regions, history.free]) expect(stage.loss.length).toBeLessThan(5);
    model.dispose();
    given.dispose();
    model.optimizer.dispose();
  });

  it('callbacks of all kinds, in a list', async () => {
    const seen: string[] = [];
    class Counting extends tf.Callback {
      override async onTrainBegin(): Promise<void> {
        seen.push('class');
      }
    }
    const {given, model} = await train({
      epochs: 1,
      callbacks: [
        new Counting(),
        new tf.CustomCallback({onTrainBegin: async () => void seen.push('object')}),
        {onTrainBegin: async () => void seen.push('functions')},
      ] as never,
      onEpoch: ({stage}) => void seen.push(stage),
    });
    const each = ['class', 'object', 'functions'];
    expect(seen).toEqual([...each, 'regions', ...each, 'free']);
    done([model]);
    given.dispose();
  });

  it('validationSplit', async () => {
    const {given, model, history} = await train({epochs: 2, validationSplit: 0.2});
    expect(history.regions.val_loss).toHaveLength(2);
    expect(history.free.val_loss).toHaveLength(2);
    done([model]);
    given.dispose();
  });
});

describe('by default', () => {
  const curve = () => {
    const x = tf.linspace(-2, 2, 100).reshape([100, 1]);
    return [x, x.exp()];
  };
  const plain = () => tf.sequential({layers: [layers.triangleWave({depth: 4, seed: 2, inputShape: [1]})]});
  const dispose = (...models: tf.LayersModel[]) => {
    for (const model of models) model.dispose();
  };

  it('both stages move from the chord of data of any range, and the result says how far', async () => {
    const [x, y] = tf.tidy(curve);
    const model = plain();
    const result = await trainTwoStage(model, x, y, {epochs: 100, verbose: 0});
    const {waves, model: free, errors, regions, lostRegions, history} = result;
    expect(waves).not.toBe(model);
    expect(waves.layers[0].getConfig()).toMatchObject({
      depth: 4,
      domain: chordStart(await x.data(), await y.data()).domain,
    });
    expect(errors.regions).toBeLessThan(0.5 * (history.regions.loss[0] as number));
    expect(errors.free).toBeLessThan(0.9 * errors.regions); // as far as 100 epochs go
    expect(errors.free).toBeLessThan(5e-3); // of a variance of 3.6
    expect(regions!.regions).toBe(16);
    expect(lostRegions).toBe(Math.max(0, 16 - regions!.free));
    expect(`${result}`).toMatch(
      /^first stage: error \d\.\de-\d, 16 regions; then all weights: error \d\.\de-\d, \d+ regions( \(\d+ lost\))?$/,
    );
    const error = tf.tidy(() => tf.mean(tf.squaredDifference(free.predict(x) as tf.Tensor, y)));
    expect(Math.abs((await error.data())[0] / errors.free - 1)).toBeLessThan(1e-3);
    free.optimizer.dispose();
    dispose(model, waves, free);
    tf.dispose([x, y, error]);
  });

  it.each<[string, () => tf.Sequential]>([
    ['with a base line', () => tf.sequential({layers: [layers.triangleWave({base: {slope: 2}, inputShape: [1]})]})],
    ['of two variables', () => tf.sequential({layers: [layers.regionDense({units: 1, depth: 2, inputShape: [2]})]})],
    [
      'of two layers',
      () =>
        tf.sequential({
          layers: [layers.triangleWave({depth: 2, inputShape: [1]}), layers.triangleWave({depth: 2, inputShape: [1]})],
        }),
    ],
    [
      'that was trained',
      () => {
        const model = plain();
        tf.tidy(() => model.setWeights(model.getWeights().map((weight) => weight.add(0.1))));
        return model;
      },
    ],
  ])('a model %s trains as it is', async (_, make) => {
    const model = make();
    const x = tf.tidy(() => tf.linspace(0, 1, 20).reshape([-1, model.inputs[0].shape[1]!]));
    const y = tf.tidy(() => x.square().sum(1, true));
    const result = await trainTwoStage(model, x, y, {epochs: 1, verbose: 0});
    expect(result.waves).toBe(model);
    expect(result.regions === null).toBe(x.shape[1] === 2);
    result.model.optimizer.dispose();
    dispose(model, result.model);
    tf.dispose([x, y]);
  });

  it('the rate falls along a cosine, or stays', async () => {
    for (const schedule of ['cosine', 'constant'] as const) {
      const rates: number[] = [];
      const {given, model} = await train({
        epochs: {regions: 4, free: 0},
        learningRate: 0.1,
        schedule,
        optimizer: (rate) => {
          const optimizer = tf.train.sgd(rate);
          const set = optimizer.setLearningRate.bind(optimizer);
          optimizer.setLearningRate = (value: number) => {
            rates.push(value);
            set(value);
          };
          return optimizer;
        },
      });
      const expected = [0, 1, 2, 3].map((i) => (0.1 * (1 + Math.cos((Math.PI * i) / 4))) / 2);
      if (schedule === 'constant') expect(rates).toEqual([]);
      else for (const [i, rate] of rates.entries()) expect(rate).toBeCloseTo(expected[i], 8);
      model.optimizer.dispose();
      dispose(given, model);
    }
  });
});

describe('a dataset', () => {
  it('trains as its tensors do, from the chord, with the same errors and regions', async () => {
    const [x, y] = data();
    const of = (tensor: tf.Tensor) => tensor.clone();
    const dataset = tf.data
      .generator(function* () {
        yield {xs: of(x), ys: of(y)};
      })
      .repeat();
    const [one, other] = [wave('one'), wave('other')];
    const common = {epochs: 5, verbose: 0 as const};
    const fromTensors = await trainTwoStage(one, x, y, {...common, shuffle: false});
    const fromDataset = await trainTwoStage(other, dataset, {...common, batchesPerEpoch: 1});
    const {scale, domain} = chordStart(await x.data(), await y.data());
    expect(fromDataset.waves.layers[0].getConfig()).toMatchObject({scale, domain});
    expect(fromDataset.regions).toEqual(fromTensors.regions);
    for (const stage of ['regions', 'free'] as const) {
      expect(fromDataset.errors[stage] / fromTensors.errors[stage]).toBeCloseTo(1, 2);
      expect(fromDataset.history[stage].loss).toHaveLength(5);
    }
    for (const {model, waves} of [fromTensors, fromDataset]) {
      model.optimizer.dispose();
      model.dispose();
      waves.dispose();
    }
    end(one, other);
    tf.dispose([x, y]);
  });

  it('has no options of tensors', async () => {
    const model = wave();
    const dataset = tf.data.array([{xs: 1, ys: 1}]);
    await expect(trainTwoStage(model, dataset, {batchSize: 3} as never)).rejects.toThrow('known names');
    end(model);
  });
});
