import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {useBackend, values} from '../support/backend';

useBackend();

/** Every kind of weight there is, none of them 0. */
function model(): tf.Sequential {
  const built = tf.sequential({
    layers: [
      pw.layers.whtProjection({units: 8, inputShape: [8], trainableSigns: true, useBias: true, name: 'wht'}),
      pw.layers.reluPair({name: 'pair', useBias: true}),
      tf.layers.reshape({targetShape: [2, 4]}),
      pw.layers.reluPair({name: 'grid'}),
      tf.layers.prelu({name: 'prelu'}),
      tf.layers.simpleRNN({units: 4, name: 'rnn'}),
      tf.layers.batchNormalization({name: 'norm'}),
      pw.layers.triangleWave({depth: 3, curvature: 'dc', name: 'wave'}),
      pw.layers.regionDense({units: 3, name: 'regions'}),
      tf.layers.dense({units: 2, name: 'out'}),
    ],
  });
  tf.tidy(() => {
    for (const weight of built.weights) weight.write(tf.fill(weight.shape as number[], 0.5));
  });
  return built;
}

/** The weights that a step without any gradient moves, by their names in the model: slopes toward 1, others toward 0. */
async function decayed(args: pw.optimizers.AdamWArgs): Promise<string[]> {
  const built = model();
  const optimizer = pw.optimizers.adamW({learningRate: 0.1, weightDecay: 0.1, ...args});
  const variables = built.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const gradients = variables.map((variable) => tf.zerosLike(variable as tf.Tensor));
  optimizer.applyGradients(variables.map(({name}, i) => ({name, tensor: gradients[i]})));
  const found: string[] = [];
  for (const [i, weight] of built.trainableWeights.entries()) {
    const [value] = await values(variables[i]);
    if (value !== 0.5) {
      expect(value).toBeCloseTo(/\/(negative|positive)$/.test(weight.originalName) ? 0.505 : 0.495, 6);
      found.push(weight.originalName);
    }
  }
  tf.dispose(gradients);
  optimizer.dispose();
  built.dispose();
  return found;
}

const KERNELS = ['rnn/kernel', 'rnn/recurrent_kernel', 'regions/kernel', 'regions/mix', 'out/kernel'];
const SLOPES = ['pair/negative', 'pair/positive', 'grid/negative', 'grid/positive'];

it('by default of slopes and kernels, also where a name is taken for the second time', async () => {
  expect(await decayed({})).toEqual([...SLOPES, ...KERNELS]);
  expect(await decayed({})).toEqual([...SLOPES, ...KERNELS]);
});

it('of all weights with an empty list', async () => {
  const built = model();
  const all = built.trainableWeights.map(({originalName}) => originalName);
  built.dispose();
  expect(all).toContain('pair/negative');
  expect(await decayed({excludeFromWeightDecay: []})).toEqual(all);
});

it('of none of a layer, of a kind, or of one weight, by their names', async () => {
  const excludeFromWeightDecay = [
    'wht',
    'pair',
    'grid',
    'prelu',
    'norm',
    'wave',
    'regions/kernel',
    'bias',
    'offset',
    'slope',
  ];
  const left = await decayed({excludeFromWeightDecay});
  expect(left.filter((name) => !/^(rnn|out)\//.test(name))).toEqual(expect.arrayContaining(['regions/mix']));
  expect(left).not.toContain('regions/kernel');
  expect(left.filter((name) => /^(wht|pair|grid|prelu|norm|wave)\/|bias/.test(name))).toEqual([]);
  expect(left).toEqual(expect.arrayContaining(['rnn/kernel', 'rnn/recurrent_kernel', 'out/kernel']));
});

it('of those for which a function says no', async () => {
  const excludeFromWeightDecay = (name: string, shape: number[]) => !(name.includes('out/') && shape.length === 2);
  expect(await decayed({excludeFromWeightDecay})).toEqual(['out/kernel']);
});
