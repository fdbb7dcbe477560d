import * as tf from '@tensorflow/tfjs';
import {type KernelDefinition, runKernel} from '../engine';
import {fail, type Names, requireNumber, requireOptions} from '../errors';
import {toFloatTensor} from './check';

/** Both [..., classes]. */
type Inputs = {logits: tf.Tensor; labels: tf.Tensor};
type Attrs = {smoothing: number};

/** loss = sum of labels * (log(sum of exp(logits)) - logits) over the last axis, of labels that are smoothed. */
export const softmaxCrossEntropyKernel: KernelDefinition<Inputs, Attrs> = {
  name: 'SoftmaxCrossEntropy',
  inputs: ['logits', 'labels'],
  forward: ({logits, labels}, {smoothing}) => {
    if (logits.size === 0) return tf.zeros(logits.shape.slice(0, -1));
    const surprise = tf.sub(tf.logSumExp(logits, -1, true), logits);
    return tf.sum(tf.mul(smoothed(labels, smoothing), surprise), -1);
  },
  gradient: {
    saved: ['logits', 'labels'],
    run: (dy, {logits, labels}, attrs) => ({
      logits: () => runKernel(softmaxCrossEntropyGradientKernel, {dy, logits, labels}, attrs),
      labels: () => {
        if (labels.size === 0) return tf.zerosLike(labels);
        return tf.mul(tf.expandDims(tf.mul(dy, attrs.smoothing - 1), -1), tf.logSoftmax(logits, -1));
      },
    }),
  },
};

/** The derivative of sum(dy * loss) by the logits: dy (sum of labels * softmax(logits) - labels). */
export const softmaxCrossEntropyGradientKernel: KernelDefinition<Inputs & {dy: tf.Tensor}, Attrs> = {
  name: 'SoftmaxCrossEntropyGradient',
  inputs: ['dy', 'logits', 'labels'],
  forward: ({dy, logits, labels}, {smoothing}) => {
    if (logits.size === 0) return tf.zeros(logits.shape);
    const targets = smoothed(labels, smoothing);
    const expected = tf.mul(tf.sum(targets, -1, true), tf.softmax(logits, -1));
    return tf.mul(tf.expandDims(dy, -1), tf.sub(expected, targets));
  },
};

function smoothed(labels: tf.Tensor, smoothing: number): tf.Tensor {
  if (smoothing === 0) return labels;
  return tf.add(tf.mul(labels, 1 - smoothing), smoothing / labels.shape[labels.rank - 1]);
}

/** Options of {@link softmaxCrossEntropy}. */
export interface SoftmaxCrossEntropyArgs {
  /** Share of the labels that is spread over all classes, from 0 to 1. Default: 0. */
  labelSmoothing?: number;
}

const OPTIONS: Names<SoftmaxCrossEntropyArgs> = {labelSmoothing: true};

const WHO = 'softmaxCrossEntropy';

/**
 * Cross entropy of labels and the softmax of logits, for each row: a loss that takes few calls.
 *
 * `loss = -sum_i labels_i log(softmax(logits)_i)`; smoothed, `labels_i (1 - s) + s / classes` for labels_i
 *
 * Use it in `compile`, in the place of `tf.losses.softmaxCrossEntropy` or of 'categoricalCrossentropy' after a softmax: there the
 * loss is two thirds of all kernel calls that a small network makes in a training step, here it is one forward and one backward
 * on cpu, wasm and tensorflow. The last layer gives logits and has no activation. `fit` takes the mean of the rows, with class
 * weights if there are any.
 *
 * @param labels Tensor [..., classes] of any dtype, such as one-hot rows: what each class should have of the probability.
 * @param logits Float32 tensor [..., classes].
 * @param args `labelSmoothing`.
 * @returns Tensor [...], one loss for each row, in nats.
 * @throws If the shapes differ, the logits have no axis of classes or are not of dtype float32, or `labelSmoothing` is out of
 *     its range.
 *
 * Source: as in TensorFlow, `tf.nn.softmax_cross_entropy_with_logits`.
 *
 * @example
 * const model = tf.sequential({layers: [
 *   pw.layers.whtProjection({units: 256, activation: 'reluPair', inputShape: [64]}),
 *   pw.layers.dense({units: 10}),
 * ]});
 * model.compile({optimizer: pw.optimizers.adamW(), loss: (labels, logits) => pw.softmaxCrossEntropy(labels, logits)});
 */
export function softmaxCrossEntropy(
  labels: tf.Tensor | tf.TensorLike,
  logits: tf.Tensor | tf.TensorLike,
  args: SoftmaxCrossEntropyArgs = {},
): tf.Tensor {
  requireOptions(args, OPTIONS, WHO);
  const smoothing = requireNumber(args.labelSmoothing ?? 0, 'labelSmoothing', WHO, [0, 1], 0.1);
  return tf.tidy(() => {
    const outputs = toFloatTensor(logits, 'logits', WHO, {minRank: 1});
    const isOther = labels instanceof tf.Tensor && labels.dtype !== 'float32'; // tf.oneHot gives integers
    const targets = toFloatTensor(isOther ? tf.cast(labels, 'float32') : labels, 'labels', WHO);
    if (!tf.util.arraysEqual(targets.shape, outputs.shape)) {
      const fix = 'Labels are rows of one number for each class, for example tf.oneHot(classes, 10).';
      fail(WHO, `labels must have the shape [${outputs.shape}] of the logits`, `shape [${targets.shape}]`, fix);
    }
    if (outputs.shape[outputs.rank - 1] === 0) {
      fail(WHO, 'logits must have 1 class or more', `shape [${outputs.shape}]`, 'Check the units of the last layer.');
    }
    return runKernel(softmaxCrossEntropyKernel, {logits: outputs, labels: targets}, {smoothing});
  });
}
