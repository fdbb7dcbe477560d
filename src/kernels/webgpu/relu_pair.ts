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
  return [dx, ...sumsOfSlopes(backend, {x, dy}, {units, inner}, [negative.shape, positive.shape])];
};

export const reluPairSlopes: KernelFunction = ({inputs, attrs, backend}) => {
  const {x, dy} = inputs as Inputs;
  const shape = [(attrs as unknown as Attrs).units];
  if (sizeOf(x) === 0)
    return zerosLike(
      backend as WebGPUBackend,
      [shape, shape].map((each) => ({...x, shape: each})),
    );
  return sumsOfSlopes(backend as WebGPUBackend, {x, dy}, attrs as unknown as Attrs, [shape, shape]);
};

/** The sums of dy x over all elements of a unit: of those below zero, and of the others. */
function sumsOfSlopes(
  backend: WebGPUBackend,
  inputs: Inputs,
  {units, inner}: Attrs,
  shapes: [number[], number[]],
): TensorInfo[] {
  return sumPair(backend, {
    key: 'slopes',
    inputs,
    terms: sizeOf(inputs.x) / units,
    units,
    inner,
    levels: 1,
    main: () => 'sums[select(1u, 0u, x[i] < 0.0)] += x[i] * dy[i];',
    shapes,
  });
}
