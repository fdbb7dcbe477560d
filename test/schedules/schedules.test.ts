import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {useBackend} from '../support/backend';
import {expectClose} from '../support/close';

useBackend();

const {cosine, oneCycle, warmup} = pw.schedules;
const all = (schedule: pw.schedules.Schedule, steps: number) =>
  Array.from({length: steps}, (_, step) => schedule.rate(step, steps));
const exactly = {relative: 1e-12, absolute: 0};

describe('rates', () => {
  it('fall along half a cosine', () => {
    // keras.optimizers.schedules.CosineDecay(0.2, 8, alpha=0.1) at steps 0 to 7.
    const decayed = Array.from({length: 8}, (_, s) => 0.2 * (0.9 * 0.5 * (1 + Math.cos((Math.PI * s) / 8)) + 0.1));
    expectClose(all(cosine({learningRate: 0.2, alpha: 0.1}), 8), decayed, exactly);
    expectClose(all(cosine({learningRate: 1}), 2), [1, 0.5], exactly);
    expectClose(
      all(cosine({learningRate: 1, warmup: 0.5}), 8),
      [0.25, 0.5, 0.75, 1, 1, ...[1, 2, 3].map((s) => 0.5 + 0.5 * Math.cos((Math.PI * s) / 4))],
      exactly,
    );
    expectClose(all(cosine({learningRate: 3, warmup: 1}), 3), [1, 2, 3], exactly);
  });

  it('rise in a line and stay', () => {
    expectClose(all(warmup({learningRate: 0.3, warmup: 0.5}), 6), [0.1, 0.2, 0.3, 0.3, 0.3, 0.3], exactly);
    expectClose(all(warmup({learningRate: 0.3, warmup: 0}), 2), [0.3, 0.3], exactly);
    expectClose(all(warmup({learningRate: 1}), 20), [0.5, ...Array(19).fill(1)], exactly);
  });

  it('rise and fall once', () => {
    // torch.optim.lr_scheduler.OneCycleLR(max_lr=1, total_steps=10), by its source: the top is at step 2, the end at 9.
    const half = (from: number, to: number, done: number) => to + ((from - to) / 2) * (1 + Math.cos(Math.PI * done));
    const expected = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((s) =>
      s <= 2 ? half(0.04, 1, s / 2) : half(1, 0.04 / 1e4, (s - 2) / 7),
    );
    expectClose(all(oneCycle({learningRate: 1}), 10), expected, exactly);
    expectClose(
      all(oneCycle({learningRate: 1, warmup: 0, divFactor: 2, finalDivFactor: 1}), 3),
      [1, 0.75, 0.5],
      exactly,
    );
    expect(all(oneCycle({learningRate: 1}), 1)).toEqual([1]);
    expectClose(all(oneCycle({learningRate: 2, warmup: 1}), 2), [0.08, 2], exactly);
  });
});

function model(optimizer: tf.Optimizer): tf.Sequential {
  const built = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [1]})]});
  built.compile({optimizer, loss: 'meanSquaredError'});
  return built;
}

/** Trains on 10 samples in batches of 4, and gives the rates of all batches. */
async function rates(
  trained: tf.LayersModel,
  schedule: pw.schedules.Schedule,
  {dataset, ...args}: {epochs: number; initialEpoch?: number; dataset?: boolean; batchesPerEpoch?: number},
): Promise<number[]> {
  const found: number[] = [];
  const onBatchEnd = () => void found.push((trained.optimizer as unknown as {learningRate: number}).learningRate);
  const callbacks = [schedule, new tf.CustomCallback({onBatchEnd}, 'never')];
  if (dataset) {
    const data = tf.data.generator(function* () {
      for (let i = 0; i < 3; i++) yield {xs: tf.ones([4, 1]), ys: tf.ones([4, 1])};
    });
    await trained.fitDataset(data.repeat(args.epochs) as tf.data.Dataset<tf.TensorContainer>, {
      ...args,
      verbose: 0,
      callbacks,
    });
  } else {
    const [x, y] = [tf.ones([10, 1]), tf.ones([10, 1])];
    await trained.fit(x, y, {...args, batchSize: 4, verbose: 0, callbacks}).finally(() => tf.dispose([x, y]));
  }
  return found;
}

/** That of momentum forgets its rate, a tensor. */
const disposeOptimizer = (optimizer: tf.Optimizer) => {
  optimizer.dispose();
  tf.dispose((optimizer as unknown as {c?: tf.Tensor}).c ?? []);
};

const end = (trained: tf.LayersModel) => {
  disposeOptimizer(trained.optimizer);
  trained.dispose();
};

const OPTIMIZERS: [string, () => tf.Optimizer][] = [
  ['adam', () => tf.train.adam()],
  ['adamax', () => tf.train.adamax()],
  ['rmsprop', () => tf.train.rmsprop(1)],
  ['adagrad', () => tf.train.adagrad(1)],
  ['adadelta', () => tf.train.adadelta()],
  ['sgd', () => tf.train.sgd(1)],
  ['momentum', () => tf.train.momentum(1, 0.9)],
  ['adamW', () => pw.optimizers.adamW()],
];

it.each(OPTIMIZERS)('%s gets the rate of each batch, and of a training that goes on', async (_, make) => {
  const trained = model(make());
  const expected = all(cosine({learningRate: 0.2, warmup: 0.4}), 9);
  expect(await rates(trained, cosine({learningRate: 0.2, warmup: 0.4}), {epochs: 3})).toEqual(expected);
  const rest = await rates(trained, cosine({learningRate: 0.2, warmup: 0.4}), {epochs: 3, initialEpoch: 2});
  expect(rest).toEqual(expected.slice(6));
  end(trained);
});

it('is what an optimizer multiplies its gradient by: sgd and momentum keep it apart', async () => {
  for (const optimizer of [tf.train.sgd(1), tf.train.momentum(1, 0)]) {
    const w = tf.tidy(() => tf.variable(tf.scalar(1)));
    const gradient = tf.scalar(1);
    warmup({learningRate: 0.25, warmup: 0}).set(optimizer, 0, 1);
    optimizer.applyGradients([{name: w.name, tensor: gradient}]);
    expect((await w.data())[0]).toBe(0.75);
    tf.dispose([w, gradient]);
    disposeOptimizer(optimizer);
  }
});

it('knows the steps of a dataset from batchesPerEpoch, and asks for it otherwise', async () => {
  const trained = model(tf.train.adam());
  const schedule = oneCycle({learningRate: 0.1});
  const found = await rates(trained, schedule, {epochs: 2, dataset: true, batchesPerEpoch: 3});
  expect(found).toEqual(all(schedule, 6));
  await expect(rates(trained, schedule, {epochs: 2, dataset: true})).rejects.toThrow(
    'oneCycle: the number of batches of an epoch must be known, but received a dataset without a size. Pass batchesPerEpoch',
  );
  end(trained);
});

it('starts each training of one schedule anew', async () => {
  const trained = model(tf.train.adam());
  const schedule = cosine({learningRate: 1});
  expect(await rates(trained, schedule, {epochs: 1})).toEqual(all(schedule, 3));
  expect(await rates(trained, schedule, {epochs: 2})).toEqual(all(schedule, 6));
  end(trained);
});

describe('errors', () => {
  it.each([
    ['no rate', () => cosine({} as pw.schedules.CosineArgs), 'cosine: learningRate must be a finite number > 0'],
    ['no options', () => (warmup as () => unknown)(), 'warmup: learningRate must be a finite number > 0'],
    ['a rate of 0', () => oneCycle({learningRate: 0}), 'oneCycle: learningRate must be a finite number > 0'],
    ['a number', () => cosine(0.1 as unknown as pw.schedules.CosineArgs), 'cosine: options must be an object'],
    ['steps for a share', () => cosine({learningRate: 1, warmup: 100}), 'warmup must be a number from 0 to 1'],
    ['an alpha that is a rate', () => cosine({learningRate: 1, alpha: -1}), 'alpha must be a number from 0 to 1'],
    ['a factor below 1', () => oneCycle({learningRate: 1, divFactor: 0.5}), 'divFactor must be a finite number >= 1'],
    [
      'a misspelled name',
      () => cosine({learningRate: 1, warmUp: 0.1} as pw.schedules.CosineArgs),
      "Did you mean 'warmup'?",
    ],
    [
      'a step past the end',
      () => cosine({learningRate: 1}).set(pw.optimizers.adamW(), 3, 3),
      'step must be below steps, which is 3',
    ],
    ['no steps', () => cosine({learningRate: 1}).set(pw.optimizers.adamW(), 0, 0), 'steps must be an integer >= 1'],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(message);
  });

  it('an optimizer without a rate', () => {
    class Own extends tf.Optimizer {
      static readonly className = 'Own';
      override applyGradients(): void {}
      override getConfig(): tf.serialization.ConfigDict {
        return {};
      }
    }
    expect(() => cosine({learningRate: 1}).set(new Own(), 0, 1)).toThrow('must have a learning rate, but received Own');
  });
});
