import {type TensorInfo, util} from '@tensorflow/tfjs';
import type {KernelFunction} from '../../engine';

export type Call = Parameters<KernelFunction>[0];

/** One call of the module. A backend finds or makes room for the tensors, and runs it with their addresses. */
export interface Plan {
  inputs: TensorInfo[];
  /** Shapes of the outputs. */
  outputs: number[][];
  /** Bytes. Default: 0. */
  scratch?: number;
  run(inputs: number[], outputs: number[], scratch: number): void;
}

/** All inputs are there, those that the definition names, except for an offset where nothing is moved. */
export type Planner<Native> = (native: Native, inputs: {[name: string]: TensorInfo}, attrs: Call['attrs']) => Plan;

/** A tensor as [outer, n, inner], with n the length of an axis; outer is 0 if it is empty. */
export function blocksOf({shape}: TensorInfo, axis: number): [outer: number, n: number, inner: number] {
  const n = shape[axis];
  const inner = util.sizeFromShape(shape.slice(axis + 1));
  return [inner === 0 ? 0 : util.sizeFromShape(shape.slice(0, axis)), n, inner];
}
