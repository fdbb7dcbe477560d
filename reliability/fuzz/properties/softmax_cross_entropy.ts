import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import * as pw from 'tfjs-piecewise';
import {compare} from '../compare';
import {property, tensorOf} from '../property';
import {noValues, U} from '../reference';
import {plainNumbers} from '../values';

/** The loss of each row, and its derivatives by logits and labels, which are any numbers. */
export const softmaxCrossEntropyProperty = property({
  name: 'softmaxCrossEntropy',
  weight: 1,
  cases: fc.record({
    outer: fc.array(fc.integer({min: 0, max: 6}), {maxLength: 2}),
    classes: fc.integer({min: 1, max: 70}),
    labelSmoothing: fc.constantFrom(0, 0.1, 1),
    logits: plainNumbers,
    labels: plainNumbers,
    dy: plainNumbers,
    isView: fc.boolean(),
  }),
  async check({outer, classes, labelSmoothing, logits, labels, dy, isView}) {
    const shape = [...outer, classes];
    const x = tensorOf(logits, shape, isView);
    const t = tensorOf(labels, shape, isView);
    const upstream = tensorOf(dy, outer);
    const losses = noValues(upstream.values.length);
    const dx = noValues(x.values.length);
    const dt = noValues(x.values.length);
    const unit = (classes + 64) * U; // exponentials and logarithms of a GPU are rough
    for (let row = 0; row < losses.values.length; row++) {
      const at = Array.from({length: classes}, (_, i) => row * classes + i);
      const sum = (term: (i: number) => number) => at.reduce((total, i) => total + term(i), 0);
      const target = (i: number) => t.values[i] * (1 - labelSmoothing) + labelSmoothing / classes;
      const log = Math.log(sum((i) => Math.exp(x.values[i])));
      const size = (i: number) => 1 + Math.abs(log) + Math.abs(x.values[i]);
      losses.values[row] = sum((i) => target(i) * (log - x.values[i]));
      losses.bound[row] = unit * sum((i) => (Math.abs(t.values[i]) + 1 / classes) * size(i));
      const [total, most] = [sum(target), sum((i) => Math.abs(target(i)))];
      for (const i of at) {
        const share = Math.exp(x.values[i] - log);
        const up = upstream.values[row];
        dx.values[i] = up * (total * share - target(i));
        dx.bound[i] = unit * Math.abs(up) * size(i) * (most * share + Math.abs(t.values[i]) + 1 / classes);
        dt.values[i] = up * (1 - labelSmoothing) * (log - x.values[i]);
        dt.bound[i] = unit * Math.abs(up) * size(i);
      }
    }
    const loss = (a: tf.Tensor, b: tf.Tensor) => pw.softmaxCrossEntropy(a, b, {labelSmoothing});
    await compare('loss', loss(t.tensor, x.tensor), outer, losses);
    const [dlabels, dlogits] = tf.grads(loss)([t.tensor, x.tensor], upstream.tensor);
    await compare('dlabels', dlabels, shape, dt);
    await compare('dlogits', dlogits, shape, dx);
  },
});
