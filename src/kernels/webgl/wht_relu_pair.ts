import type {TensorInfo} from '@tensorflow/tfjs';
import {type Expansion, expansionOf} from '../../math/expansion';
import {flat, type Inputs, type WebGLBackend} from './backend';
import {transform} from './walsh_hadamard';

type Attrs = {axis: number; scale: number};

/** The last pass of the transform multiplies by the slopes. */
export function whtReLUPair(backend: WebGLBackend, inputs: Inputs, attrs: Attrs & Expansion<TensorInfo>): TensorInfo {
  const {x, signs, negative, positive} = inputs;
  const after = {negative: flat(negative), positive: flat(positive)};
  return transform(backend, x, attrs, {before: {signs}, after, expand: expansionOf(inputs, attrs)});
}
