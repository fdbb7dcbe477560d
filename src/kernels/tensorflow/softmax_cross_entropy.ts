import {portable} from '../../engine';
import {customOp} from './custom_op';

const attributes = {smoothing: 'FLOAT'} as const;

export const SoftmaxCrossEntropy = customOp(
  'SoftmaxCrossEntropy',
  {inputs: ['logits', 'labels'], attributes, outputs: 1},
  portable('SoftmaxCrossEntropy'),
);

export const SoftmaxCrossEntropyGradient = customOp(
  'SoftmaxCrossEntropyGradient',
  {inputs: ['dy', 'logits', 'labels'], attributes, outputs: 1},
  portable('SoftmaxCrossEntropyGradient'),
);
