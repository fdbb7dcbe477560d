import {type TensorInfo, util} from '@tensorflow/tfjs';
import type {KernelFunction} from '../../kernel';
import {type WebGPUBackend, zeros} from './backend';
import {elementwise} from './elementwise';
import {sumPair} from './partial_sums';

type Attrs = {units: number; inner: number};
type Inputs = {[name: string]: TensorInfo};

/** `factor`, an input, times the slope for x. */
function timesSlope(backend: WebGPUBackend, factor: string, inputs: Inputs, {units, inner}: Attrs): TensorInfo {
  return elementwise(backend, {
    key: `times slope ${factor}`,
    inputs,
    uniforms: {units, inner},
    code: `let u = i / uniforms.inner % uniforms.units;
  result[i] = ${factor}[i] * select(positive[u], negative[u], x[i] < 0.0);`,
  });
}

export const reluPair: KernelFunction = ({inputs, attrs, backend}) => {
  return timesSlope(backend as WebGPUBackend, 'x', inputs as Inputs, attrs as unknown as Attrs);
};

export const reluPairGradient: KernelFunction = ({inputs, attrs, backend: context}) => {
  const backend = context as WebGPUBackend;
  const {x, dy, negative, positive} = inputs as Inputs;
  const {units, inner} = attrs as unknown as Attrs;
  if (util.sizeFromShape(x.shape) === 0) return [x, negative, positive].map(({shape}) => zeros(backend, shape));
  const dx = timesSlope(backend, 'dy', inputs as Inputs, {units, inner});
  const dslopes = sumPair(backend, {
    key: 'pair gradient',
    inputs: {x, dy},
    units,
    inner,
    levels: 1,
    add: 'sums[select(1u, 0u, x[i] < 0.0)] += x[i] * dy[i];',
    shapes: [negative.shape, positive.shape],
  });
  return [dx, ...dslopes];
};
