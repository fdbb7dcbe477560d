import {type TensorInfo, util} from '@tensorflow/tfjs';
import type {KernelFunction} from '../../engine';

/** A tfjs GPGPUProgram of ours: all of them read and write packed texels, blocks of 2 by 2 elements. */
interface Program {
  variableNames: string[];
  outputShape: number[];
  userCode: string;
  packedInputs: true;
  packedOutput: true;
  customUniforms: readonly {name: string; type: 'int' | 'float'}[];
}

/** What our kernels use of tfjs's webgl backend. */
export interface WebGLBackend {
  runWebGLProgram(
    program: Program,
    inputs: TensorInfo[],
    dtype: 'float32',
    uniforms: number[][],
    preventEagerUnpackingOfOutput: true,
  ): TensorInfo;
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): TensorInfo;
  disposeIntermediateTensorInfo(tensor: TensorInfo): void;
}

export type Inputs = {[name: string]: TensorInfo};

/** What changes between the runs of one shader. */
const UNIFORMS = [
  {name: 'stride', type: 'int'},
  {name: 'factor', type: 'float'},
] as const;

/**
 * Runs a shader once for each texel of an output. The code reads the input `x` by `getX` with the coordinates of the first
 * element of a texel, and has to be GLSL ES 1.00, for WebGL 1: no bit operators, constant bounds of loops.
 */
export function runShader(
  backend: WebGLBackend,
  outputShape: number[],
  userCode: string,
  inputs: Inputs,
  uniforms: {stride: number; factor: number} = {stride: 0, factor: 0},
): TensorInfo {
  const program: Program = {
    variableNames: Object.keys(inputs),
    outputShape,
    userCode,
    packedInputs: true,
    packedOutput: true,
    customUniforms: UNIFORMS,
  };
  const values = UNIFORMS.map(({name}) => [uniforms[name]]);
  return backend.runWebGLProgram(program, Object.values(inputs), 'float32', values, true);
}

/** The same data in another shape. tfjs moves the texels where it must, when a shader reads it. */
export function reshaped({dataId, dtype}: TensorInfo, shape: number[]): TensorInfo {
  return {dataId, dtype, shape};
}

/** As a vector. */
export const flat = (tensor: TensorInfo): TensorInfo => reshaped(tensor, [util.sizeFromShape(tensor.shape)]);

export function zeros(backend: WebGLBackend, {shape}: TensorInfo): TensorInfo {
  return backend.makeTensorInfo(shape, 'float32', new Float32Array(util.sizeFromShape(shape)));
}

/** What runs with its inputs all there, those that the definition names. */
type Run = (backend: WebGLBackend, inputs: Inputs, attrs: never) => TensorInfo | TensorInfo[];

/** The same functions as kernels of the engine. */
export function kernelsOf(runs: {[name: string]: Run}): {[name: string]: KernelFunction} {
  const kernel =
    (run: Run): KernelFunction =>
    ({backend, inputs, attrs}) =>
      run(backend as WebGLBackend, inputs as Inputs, attrs as never);
  return Object.fromEntries(Object.entries(runs).map(([name, run]) => [name, kernel(run)]));
}
