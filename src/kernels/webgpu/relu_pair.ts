import type {TensorInfo} from '@tensorflow/tfjs';
import type {KernelFunction} from '../../engine';
import {type Inputs, sizeOf, type WebGPUBackend, zerosLike} from './backend';
import {elementwise} from './elementwise';
import {sumPair} from './sum';
import {slope} from './walsh_hadamard';

type Attrs = {units: number; inner: number};

/** `factor`, an input, times the slope for x. */
function timesSlope(backend: WebGPUBackend, factor: string, inputs: Inputs, {units, inner}: Attrs): TensorInfo {
  return elementwise(backend, {
    key: `times slope ${factor}`,
    inputs,
    uniforms: {units, inner},
    main: () => `let u = i / inner % units;
result[i] = ${factor}[i] * ${slope('x[i]', '[u]')};`,
  });
}

export const reluPair: KernelFunction = ({inputs, attrs, backend}) => {
  return timesSlope(backend as WebGPUBackend, 'x', inputs as Inputs, attrs as unknown as Attrs);
};

export const reluPairGradient: KernelFunction = ({inputs, attrs, backend: context}) => {
  const backend = context as WebGPUBackend;
  const {x, dy, negative, positive} = inputs as Inputs;
  const {units, inner} = attrs as unknown as Attrs;
  if (sizeOf(x) === 0) return zerosLike(backend, [x, negative, positive]);
  const dx = timesSlope(backend, 'dy', inputs as Inputs, {units, inner});
  const dslopes = sumPair(backend, {
    key: 'slopes',
    inputs: {x, dy},
    terms: sizeOf(x) / units,
    units,
    inner,
    levels: 1,
    main: () => 'sums[select(1u, 0u, x[i] < 0.0)] += x[i] * dy[i];',
    shapes: [negative.shape, positive.shape],
  });
  return [dx, ...dslopes];
};
