import type {KernelFunction} from '../../engine';
import {axisOf, type Inputs, sizeOf, type WebGPUBackend, zerosLike} from './backend';
import {elementwise} from './elementwise';

/** One thread for each element that is written, and none for those of x that are left. */
export const takeUnits: KernelFunction = ({inputs, attrs, backend: context}) => {
  const backend = context as WebGPUBackend;
  const {x, indices} = inputs as Inputs;
  const {axis} = attrs as unknown as {axis: number};
  const {n, inner} = axisOf(x, axis);
  const count = sizeOf(indices);
  const shape = x.shape.map((size, i) => (i === axis ? count : size));
  if (sizeOf({shape}) === 0) return zerosLike(backend, [{...x, shape}])[0];
  return elementwise(backend, {
    key: 'take',
    inputs: {x, indices},
    uniforms: {n, count, inner},
    shape,
    main: () => `let u = u32(indices[i / inner % count]);
result[i] = 0.0;
if (u < n) { result[i] = x[(i / (inner * count) * n + u) * inner + i % inner]; }`,
  });
};
