import * as tf from '@tensorflow/tfjs';
import type {KernelFunction} from '../../engine';
import {ops} from './backend';
import {customOp} from './custom_op';

type Attrs = {units: number; inner: number};

/** relu(x) * positive + min(x, 0) * negative: TensorFlow's select is four times slower than all of it. */
export const reluPair: KernelFunction = ({inputs, attrs, backend}) =>
  tf.tidy(() => {
    const {binary, unary, reshape} = ops(backend);
    const {view, negative, positive} = views(inputs, attrs as unknown as Attrs, reshape);
    const above = binary('Mul', unary('Relu', view), positive);
    const below = binary('Mul', binary('Minimum', view, tf.scalar(0)), negative);
    return reshape(binary('AddV2', above, below), inputs.x!.shape);
  });

export const reluPairGradient: KernelFunction = ({inputs, attrs, backend}) =>
  tf.tidy(() => {
    const {binary, unary, select, sum, reshape} = ops(backend);
    const {view, negative, positive, batchAxes} = views(inputs, attrs as unknown as Attrs, reshape);
    const dy = reshape(inputs.dy as tf.Tensor, view.shape);
    const zero = tf.scalar(0);
    const slopes = select(binary('Less', view, zero), negative, positive);
    const reduce = (part: tf.Tensor, like: tf.TensorInfo) =>
      reshape(sum(binary('Mul', dy, part), batchAxes), like.shape);
    return [
      reshape(binary('Mul', dy, slopes), inputs.x!.shape),
      reduce(binary('Minimum', view, zero), inputs.negative!),
      reduce(unary('Relu', view), inputs.positive!),
    ];
  });

/** x as [outer, units, inner], without the last axis where it is 1: reductions over three axes are slower. */
function views(
  inputs: Parameters<KernelFunction>[0]['inputs'],
  {units, inner}: Attrs,
  reshape: ReturnType<typeof ops>['reshape'],
) {
  const x = inputs.x as tf.Tensor;
  const outer = units * inner === 0 ? 0 : x.size / (units * inner);
  const tail = inner === 1 ? [] : [inner];
  const slopes = (t: tf.TensorInfo | undefined) => reshape(t as tf.Tensor, [units, ...tail.map(() => 1)]);
  return {
    view: reshape(x, [outer, units, ...tail]),
    negative: slopes(inputs.negative),
    positive: slopes(inputs.positive),
    batchAxes: inner === 1 ? [0] : [0, 2],
  };
}

const inputs = ['x', 'negative', 'positive'];
const attributes = {units: 'INT', inner: 'INT'} as const;

export const ReLUPair = customOp('ReLUPair', {inputs, attributes, outputs: 1}, reluPair);
export const ReLUPairGradient = customOp(
  'ReLUPairGradient',
  {inputs: [...inputs, 'dy'], attributes, outputs: 3},
  reluPairGradient,
);
