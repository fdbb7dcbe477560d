import * as tf from '@tensorflow/tfjs';
import {parseHTML} from 'linkedom';
import * as pw from 'tfjs-piecewise';
import {readPiecewiseLinear} from '../../src/analysis/piecewise_linear/read_model';
import {alongLinks, backwards, forwards} from '../../src/plot/network/flow';
import {importanceOf} from '../../src/plot/network/importance';

const random = (seed: number) => tf.initializers.randomNormal({seed, stddev: 0.7});

/** A branch, a pool, waves, pairs, and smooth functions. */
function branched(): tf.LayersModel {
  const input = tf.input({shape: [6]});
  const left = tf.layers
    .dense({units: 8, activation: 'tanh', kernelInitializer: random(1), biasInitializer: random(2)})
    .apply(input);
  const waves = pw.layers.regionDense({units: 8, subnets: 4, depth: 3, seed: 3});
  const right = pw.layers
    .reluPair({initializer: 'uniform', seed: 4, useBias: true})
    .apply(waves.apply(input)) as tf.SymbolicTensor;
  const joined = tf.layers.concatenate().apply([left as tf.SymbolicTensor, right]);
  const rows = tf.layers.reshape({targetShape: [8, 2]}).apply(joined);
  const pooled = tf.layers.maxPooling1d({poolSize: 2}).apply(rows);
  const output = tf.layers
    .dense({units: 3, kernelInitializer: random(5)})
    .apply(tf.layers.flatten().apply(pooled)) as tf.SymbolicTensor;
  return tf.model({inputs: input, outputs: output});
}

const samplesOf = (rows: number, width: number) =>
  Float64Array.from({length: rows * width}, (_, k) => Math.sin(3 * k + 0.5) * 1.5);

it('runs samples forwards as the model does', async () => {
  const model = branched();
  const network = await readPiecewiseLinear(model, 'spec', undefined, true);
  const samples = samplesOf(5, 6);
  const ours = forwards(network, samples, 5).get(network.output)!;
  const theirs = tf.tidy(() => (model.predict(tf.tensor2d([...samples], [5, 6])) as tf.Tensor).dataSync());
  // Smooth functions are broken lines of 96 pieces.
  for (const [k, value] of theirs.entries()) expect(ours[k]).toBeCloseTo(value, 1);
  model.dispose();
});

it('gives the derivatives that central differences give', async () => {
  const model = branched();
  const network = await readPiecewiseLinear(model, 'spec', undefined, true);
  const samples = samplesOf(3, 6);
  const weights = Float64Array.of(1, -2, 0.5);
  const derivatives = backwards(network, forwards(network, samples, 3), weights, 3).get(0)!;
  const at = (moved: Float64Array, row: number) =>
    forwards(network, moved, 3)
      .get(network.output)!
      .slice(3 * row, 3 * row + 3)
      .reduce((sum, y, i) => sum + weights[i] * y, 0); // prettier-ignore
  for (let k = 0; k < samples.length; k++) {
    const [up, down] = [1e-7, -1e-7].map((step) => samples.map((x, i) => (i === k ? x + step : x)));
    const row = Math.floor(k / 6);
    expect(derivatives[k]).toBeCloseTo((at(up, row) - at(down, row)) / 2e-7, 5);
  }
  model.dispose();
});

it('follows links through layers that only mix, and stops at functions', async () => {
  const pair = () => pw.layers.reluPair();
  const mix = (name: string) => tf.layers.dense({units: 2, useBias: false, name, kernelInitializer: random(6)});
  const model = tf.sequential({
    layers: [tf.layers.dense({units: 2, useBias: false, inputShape: [2]}), pair(), mix('a'), mix('b'), pair()],
  });
  const network = await readPiecewiseLinear(model, 'spec');
  const values = alongLinks(network, 2, Float64Array.of(1, 0, 0, 1), 2, () => false);
  const product = tf.tidy(() =>
    tf
      .matMul(model.layers[2].getWeights()[0] as tf.Tensor2D, model.layers[3].getWeights()[0] as tf.Tensor2D)
      .dataSync(),
  );
  for (const [k, value] of product.entries()) expect(values.get(4)![k]).toBeCloseTo(value, 5);
  expect([...values.get(5)!]).toEqual([0, 0, 0, 0]);
  model.dispose();
});

it('measures how far the outputs move with a unit', async () => {
  // y = 3 u1 - u2 + 0 u3, u = x: standard deviations times 3, 1 and 0.
  const model = tf.sequential({
    layers: [
      pw.layers.reluPair({inputShape: [3], initializer: 'zeroCurvature'}),
      tf.layers.dense({units: 1, useBias: false}),
    ],
  });
  tf.tidy(() => {
    model.layers[0].setWeights([tf.ones([3]), tf.ones([3])]);
    model.layers[1].setWeights([tf.tensor2d([3, -1, 0], [3, 1])]);
  });
  const network = await readPiecewiseLinear(model, 'spec');
  const samples = Float64Array.of(1, 1, 5, -1, -1, -5); // two rows
  const {of, deviation} = importanceOf(network, samples, 2);
  expect([...deviation[1]]).toEqual([1, 1, 5]);
  expect([...of[1]]).toEqual([3, 1, 0]);
  model.dispose();
});

it('keeps the mean over many outputs by random sums of them', async () => {
  const dense = tf.layers.dense({units: 400, inputShape: [2], useBias: false, kernelInitializer: random(8)});
  const model = tf.sequential({layers: [dense]});
  const network = await readPiecewiseLinear(model, 'spec');
  const {of} = importanceOf(network, Float64Array.of(1, -1, -1, 1), 2);
  const norms = tf.tidy(() => tf.norm(dense.getWeights()[0], 2, 1).dataSync());
  for (const i of [0, 1]) expect(of[0][i] / norms[i]).toBeGreaterThan(0.5);
  for (const i of [0, 1]) expect(of[0][i] / norms[i]).toBeLessThan(1.8);
  model.dispose();
});

describe('the picture', () => {
  const {ours, dense} = pw.plot.colors.light;
  const tiles = (svg: string, color: string) =>
    [...parseHTML(svg).document.querySelectorAll(`g[opacity] > path[stroke="${color}"]`)].map((path) => ({
      opacity: Number(path.parentElement!.getAttribute('opacity')),
      points: path.getAttribute('d')!.split('L').length,
    }));

  it('draws learned functions blue and fixed ones orange, each kink, faded by importance', async () => {
    const model = tf.sequential({
      layers: [
        pw.layers.triangleWave({depth: 3, inputShape: [2]}),
        tf.layers.dense({units: 2, activation: 'relu', kernelInitializer: 'ones', biasInitializer: 'ones'}),
        tf.layers.dense({units: 1}),
      ],
    });
    tf.tidy(() => model.layers[2].setWeights([tf.tensor2d([1, 0], [2, 1]), tf.zeros([1])]));
    const svg = await pw.plot.network(model, {theme: 'light'});
    expect(tiles(svg, ours).map(({points}) => points)).toEqual([11, 11]); // 2^3 + 1 kinks and two ends
    expect(tiles(svg, dense)).toEqual([
      {opacity: 1, points: 3},
      {opacity: 0.16, points: 3},
    ]);
    expect(svg).toContain('importance 0 % of the greatest');
    model.dispose();
  });

  it('shows those units of many that matter most, and all others on each other', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({units: 1024, activation: 'relu', inputShape: [3], kernelInitializer: random(1)}),
        tf.layers.dense({units: 1}),
      ],
    });
    tf.tidy(() => {
      const out = new Float32Array(1024).fill(1e-3);
      for (const unit of [7, 500, 1000]) out[unit] = 5;
      model.layers[1].setWeights([tf.tensor2d(out, [1024, 1]), tf.zeros([1])]);
    });
    const svg = await pw.plot.network(model);
    for (const unit of [7, 500, 1000]) expect(svg).toContain(`, unit ${unit}: slopes 0.00 and 1.00`);
    expect(svg).toMatch(/>\+1,01\d</);
    expect(svg.length).toBeLessThan(60_000);
    model.dispose();
  });

  it('takes samples as a tensor or a list, and the same ones always by default', async () => {
    const model = branched();
    const x = tf.randomNormal([40, 6], 0, 1, 'float32', 1) as tf.Tensor2D;
    const byTensor = await pw.plot.network(model, {samples: x});
    const byList = await pw.plot.network(model, {samples: x.arraySync()});
    expect(byTensor).toBe(byList);
    expect(await pw.plot.network(model)).toBe(await pw.plot.network(model));
    expect(await pw.plot.network(model)).not.toBe(byList);
    x.dispose();
    model.dispose();
  });

  it('leaves no tensors', async () => {
    const model = branched();
    const before = tf.memory().numTensors;
    await pw.plot.network(model);
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  it('draws channels of an image as units', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({filters: 3, kernelSize: 3, inputShape: [6, 6, 2], kernelInitializer: random(3)}),
        pw.layers.reluPair({sharedAxes: [1, 2]}),
        tf.layers.globalAveragePooling2d({}),
      ],
    });
    const svg = await pw.plot.network(model);
    expect(svg).toContain('3 units, 6 weights');
    expect(svg).toContain('>2 inputs<');
    expect(svg).toContain('>3 outputs<');
    model.dispose();
  });

  it.each([
    [{samples: [[1, 2, 3, 4, 5, 6]]}, 'plot.network: samples must be at least 2, but received 1'],
    [{samples: 5}, 'plot.network: samples must be a tensor or a list of inputs, but received 5'],
    [{samples: [[1], [2]]}, 'samples[0] must be a point of the input, of shape [6], but received 1 numbers'],
    [{inputNames: ['a']}, 'plot.network: inputNames must be 6 texts, but received [a]'],
    [{height: 200}, /height must be at least \d+ for 5 rows, but received 200/],
    [{hight: 200}, "Did you mean 'height'?"],
  ])('refuses options %j', async (options, message) => {
    const model = branched();
    await expect(pw.plot.network(model, options as never)).rejects.toThrow(message);
    model.dispose();
  });
});
