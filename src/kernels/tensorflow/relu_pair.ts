import * as tf from '@tensorflow/tfjs';
import type {KernelFunction} from '../../engine';
import {ops} from './backend';
import {customOp} from './custom_op';

type Attrs = {units: number; inner: number};

/** relu(x) * positive + min(x, 0) * negative: TensorFlow's select is four times slower than all of it. */
export const reluPair: KernelFunction = ({inputs, attrs, backend}) =>
  tf.tidy(() => {
    const {binary, unary, reshape} = ops(backend);
    const {view, negative, positive} = views(inputs, attrs as unknown as Attrs, backend);
    const above = binary('Mul', unary('Relu', view), positive);
    const below = binary('Mul', binary('Minimum', view, tf.scalar(0)), negative);
    return reshape(binary('AddV2', above, below), inputs.x!.shape);
  });

export const reluPairGradient: KernelFunction = ({inputs, attrs, backend}) =>
  tf.tidy(() => {
    const {binary, select, reshape} = ops(backend);
    const {view, negative, positive, batchAxes} = views(inputs, attrs as unknown as Attrs, backend);
    const dy = reshape(inputs.dy as tf.Tensor, view.shape);
    const slopes = select(binary('Less', view, tf.scalar(0)), negative, positive);
    const dslopes = slopeSums(backend, view, dy, batchAxes);
    const like = [inputs.negative!, inputs.positive!];
    return [
      reshape(binary('Mul', dy, slopes), inputs.x!.shape),
      ...dslopes.map((sums, i) => reshape(sums, like[i].shape)),
    ];
  });

const reluPairSlopes: KernelFunction = ({inputs, attrs, backend}) =>
  tf.tidy(() => {
    const {view, batchAxes} = viewOf(inputs.x as tf.Tensor, attrs as unknown as Attrs, backend);
    return slopeSums(backend, view, ops(backend).reshape(inputs.dy as tf.Tensor, view.shape), batchAxes);
  });

function slopeSums(backend: unknown, view: tf.Tensor, dy: tf.Tensor, batchAxes: number[]): tf.Tensor[] {
  const {binary, unary, sum} = ops(backend);
  const parts = [binary('Minimum', view, tf.scalar(0)), unary('Relu', view)];
  return parts.map((part) => sum(binary('Mul', dy, part), batchAxes));
}

/** x as [outer, units, inner], without the last axis where it is 1: reductions over three axes are slower. */
function viewOf(x: tf.Tensor, {units, inner}: Attrs, backend: unknown) {
  const outer = units * inner === 0 ? 0 : x.size / (units * inner);
  const tail = inner === 1 ? [] : [inner];
  return {view: ops(backend).reshape(x, [outer, units, ...tail]), batchAxes: inner === 1 ? [0] : [0, 2]};
}

function views(inputs: Parameters<KernelFunction>[0]['inputs'], attrs: Attrs, backend: unknown) {
  const own = attrs.inner === 1 ? [attrs.units] : [attrs.units, 1];
  const slopes = (t: tf.TensorInfo | undefined) => ops(backend).reshape(t as tf.Tensor, own);
  const {x, negative, positive} = inputs;
  return {...viewOf(x as tf.Tensor, attrs, backend), negative: slopes(negative), positive: slopes(positive)};
}

const inputs = ['x', 'negative', 'positive'];
const attributes = {units: 'INT', inner: 'INT'} as const;

export const ReLUPair = customOp('ReLUPair', {inputs, attributes, outputs: 1}, reluPair);
export const ReLUPairGradient = customOp(
  'ReLUPairGradient',
  {inputs: [...inputs, 'dy'], attributes, outputs: 3},
  reluPairGradient,
);
export const ReLUPairSlopes = customOp('ReLUPairSlopes', {inputs: ['x', 'dy'], attributes, outputs: 2}, reluPairSlopes);
