import {type TensorInfo, util} from '@tensorflow/tfjs';
import {flat, type Inputs, reshaped, type WebGLBackend} from './backend';
import {reluPairGradient} from './relu_pair';
import {transform} from './walsh_hadamard';

type Attrs = {axis: number; scale: number};

/** The last pass of the transform multiplies by the slopes. */
export function whtReLUPair(backend: WebGLBackend, {x, signs, negative, positive}: Inputs, attrs: Attrs): TensorInfo {
  return transform(backend, x, attrs, {before: {signs}, after: {negative: flat(negative), positive: flat(positive)}});
}

/**
 * By the kernels of its two parts. A first pass that also multiplied dy by the slopes would read x, dy and both slopes 16
 * times, once for each output that they are a part of.
 */
export function whtReLUPairGradient(
  backend: WebGLBackend,
  {x, signs, negative, positive, dy}: Inputs,
  attrs: Attrs,
): TensorInfo[] {
  const z = transform(backend, x, attrs, {before: {signs}});
  const pair = {units: x.shape[attrs.axis], inner: util.sizeFromShape(x.shape.slice(attrs.axis + 1))};
  const flatSlopes = {negative: flat(negative), positive: flat(positive)};
  const [dz, ...dslopes] = reluPairGradient(backend, {x: z, ...flatSlopes, dy}, pair);
  const dx = transform(backend, dz, attrs, {after: {signs}});
  for (const part of [z, dz]) backend.disposeIntermediateTensorInfo(part);
  return [dx, ...dslopes.map((d, i) => reshaped(d, [negative, positive][i].shape))];
}
