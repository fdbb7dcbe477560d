import * as tf from '@tensorflow/tfjs';
import {analysis} from 'tfjs-piecewise';
import {useBackend} from '../../support/backend';
import {expectClose} from '../../support/close';
import {uniform} from '../../support/random';
import {MODELS, shuffled} from '../support/models';

useBackend();

const mean = (rows: number[][]) => rows[0].map((_, i) => rows.reduce((sum, row) => sum + row[i], 0) / rows.length);

/** Rows of numbers through the model itself. */
function predict(model: tf.LayersModel, samples: number[][]): Float32Array {
  return tf.tidy(() => {
    const x = tf.reshape(tf.tensor2d(samples), [samples.length, ...(model.inputs[0].shape.slice(1) as number[])]);
    return (model.predict(x) as tf.Tensor).dataSync() as Float32Array;
  });
}

describe.each(MODELS)('%s', (_, make) => {
  it('is seen as what it computes: at all corners, and linear in between', async () => {
    const model = shuffled(make());
    const size = tf.util.sizeFromShape(model.inputs[0].shape.slice(1) as number[]);
    const [origin, u, v] = [1, 2, 3].map((seed) => [...uniform(size, seed, -1, 1)]);
    const {polygons, activationCells} = await analysis.linearRegions2d(model, {
      x: [-3, 3],
      y: [-3, 3],
      plane: {origin, u, v},
    });
    const sample = ([x, y]: number[]) => origin.map((value, i) => value + x * u[i] + y * v[i]);
    const corners = polygons.flatMap(({vertices}) => vertices.map(sample));
    const tolerance = {relative: 2e-6};
    expectClose(
      predict(model, corners),
      polygons.flatMap(({values}) => values.flat()),
      tolerance,
    );
    const middles = polygons.map(({vertices}) => sample(mean(vertices)));
    expectClose(
      predict(model, middles),
      polygons.flatMap(({values}) => mean(values)),
      tolerance,
    );
    for (const {vertices, values, gradients} of polygons) {
      const steps = values.map((_, i) => vertices[i].map((x, axis) => x - vertices[0][axis]));
      const moved = steps.map(([x, y]) => gradients.map(([dx, dy], k) => values[0][k] + dx * x + dy * y));
      expectClose(moved.flat(), values.flat(), {relative: 1e-12});
    }
    expect(activationCells).toBeGreaterThan(1);
    // tfjs counts the uses of a layer, and disposes of one.
    const single = model.layers.filter((layer) => !(layer instanceof tf.LayersModel));
    for (const layer of single) for (const _use of layer.inboundNodes.slice(1)) layer.dispose();
    model.dispose();
  });

  it('bends at the breakpoints of segments, and is linear in between', async () => {
    let [found, isolated, bent] = [0, 0, 0];
    for (const seed of [1, 2, 3]) {
      const model = shuffled(make(), seed);
      const size = tf.util.sizeFromShape(model.inputs[0].shape.slice(1) as number[]);
      const [from, to] = [4, 5].map((use) => [...uniform(size, 10 * seed + use, -4, 4)]);
      const {breakpoints} = await analysis.countLinearRegions(model, {from, to});
      const at = (t: number) => from.map((x, i) => x + t * (to[i] - x));
      const ends = [0, ...breakpoints, 1];
      const middles = ends.slice(1).map((t, i) => (t + ends[i]) / 2);
      const outputs = (places: number[]) => {
        const y = predict(model, places.map(at));
        const count = y.length / places.length;
        return places.map((_, i) => [...y.subarray(i * count, (i + 1) * count)]);
      };
      const values = outputs(ends);
      expectClose(
        outputs(middles).flat(),
        middles.flatMap((_, i) => mean([values[i], values[i + 1]])),
        {relative: 4e-6},
      );
      const step = 0.005;
      const alone = breakpoints.filter((t, i) => t - ends[i] > step && ends[i + 2] - t > step);
      const around = outputs([0, ...alone.flatMap((t) => [t - step, t, t + step])]).slice(1);
      for (let i = 0; i < around.length; i += 3) {
        const curved = around[i].some((y, k) => Math.abs(y - 2 * around[i + 1][k] + around[i + 2][k]) > 2e-6);
        if (curved) bent++;
      }
      found += breakpoints.length;
      isolated += alone.length;
      const single = model.layers.filter((layer) => !(layer instanceof tf.LayersModel));
      for (const layer of single) for (const _use of layer.inboundNodes.slice(1)) layer.dispose();
      model.dispose();
    }
    expect(found).toBeGreaterThan(0);
    expect(bent).toBeGreaterThanOrEqual(0.7 * isolated); // those of the last waves are too small for float32
  });
});
