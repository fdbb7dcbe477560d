import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {backendName, collectTensors, useBackend, values} from '../support/backend';
import {expectClose} from '../support/close';
import {recordDerivative} from '../support/conformance_results';

useBackend();
beforeEach(collectTensors);

/** d/dx of f(x), summed: a function that can be differentiated again. */
const derivative = (f: (x: tf.Tensor) => tf.Tensor) => (x: tf.Tensor) => tf.grad((t) => tf.sum(f(t)))(x);

/** f of a scalar t, in doubles, three times differentiated by central differences. */
function third(f: (t: number) => number, h = 0.01): number {
  return (f(2 * h) - 2 * f(h) + 2 * f(-h) - f(-2 * h)) / (2 * h ** 3);
}

const x = [0.3, 0.72];
const direction = [0.5, 1];

describe.each([
  ['triangleWave by its input', (t: tf.Tensor) => pw.triangleWave(t, [0.4, 0.55], [1, 0.25])],
  ['triangleWave by its peaks', (t: tf.Tensor) => pw.triangleWave([[0.1], [0.9]], tf.reshape(t, [2]), [1, 0.25])],
  ['reluPair by its input', (t: tf.Tensor) => pw.reluPair(tf.sub(t, 0.5), 0.25, 2)],
  ['walshHadamard by its signs', (t: tf.Tensor) => pw.walshHadamard([2, 3], {signs: t})],
] as [string, (t: tf.Tensor) => tf.Tensor][])('%s', (title, op) => {
  // f(t) = sum(op(x + t direction)^3), a cubic or a rational function between the kinks.
  it('has the third derivative that differences of its values have', async () => {
    const along = (t: tf.Tensor) => op(tf.add(tf.mul(direction, t), x));
    const f = (t: tf.Tensor) => tf.pow(along(t), 3);
    const exact = await values(derivative(derivative(derivative(f)))(tf.zeros([1])));
    const h = 0.02;
    const at = await Promise.all([2, 1, -1, -2].map((k) => values(tf.sum(f(tf.fill([1], k * h))))));
    const [a, b, c, d] = at.map(([value]) => value);
    const rough = third((t) => ({[2 * h]: a, [h]: b, [-h]: c, [-2 * h]: d})[t] ?? Number.NaN, h);
    // Differences of float32 values, to the third power of a step: two digits, which tells right from wrong.
    expectClose(exact, [rough], {relative: 0.05, absolute: 0.5});
    recordDerivative({environment: 'Node', title: backendName}, title.split(' ')[0], 3);
  });
});
