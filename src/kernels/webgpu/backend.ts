import {type TensorInfo, util} from '@tensorflow/tfjs';

/** What our kernels use of tfjs's webgpu backend. Its package does not export the type of a program. */
export interface WebGPUBackend {
  device: {limits: {maxComputeWorkgroupStorageSize: number; maxComputeInvocationsPerWorkgroup: number}};
  makeTensorInfo(shape: number[], dtype: 'float32', values?: Float32Array): TensorInfo;
  runWebGPUProgram(
    program: object,
    inputs: TensorInfo[],
    dtype: 'float32',
    uniforms: {type: string; data: number[]}[],
    output: TensorInfo,
  ): TensorInfo;
  disposeData(dataId: object): boolean;
}

export interface Shader {
  /** Names all that is written into the code as a number, and nothing that a uniform tells. */
  key: string;
  /** Invocations of a workgroup. */
  threads: number;
  /** WGSL with `fn main(index : i32)`. The inputs, `result` and `uniforms` are there, and what tfjs declares. */
  code(): string;
}

export interface Run {
  inputs: {[name: string]: TensorInfo};
  /** Whole numbers, u32 in WGSL. */
  uniforms: {[name: string]: number};
  /** f32 in WGSL. */
  scale?: number;
  /** Workgroups; there may be more than these, as one dimension ends at 65,535. */
  groups: number;
  shape: number[];
}

/** The number of a workgroup, whatever the shape of the dispatch. */
const GROUP = `fn group() -> u32 {
  return (workgroupId.z * numWorkgroups.y + workgroupId.y) * numWorkgroups.x + workgroupId.x;
}
`;

const flat = (tensor: TensorInfo): TensorInfo => ({...tensor, shape: [util.sizeFromShape(tensor.shape)]});

/** Runs a shader into a new tensor. It sees all tensors flat: so one pipeline serves all ranks, and any rank. */
export function run(backend: WebGPUBackend, {key, threads, code}: Shader, call: Run): TensorInfo {
  const {inputs, uniforms, scale, groups, shape} = call;
  const output = backend.makeTensorInfo(shape, 'float32');
  const names = Object.keys(uniforms);
  const program = {
    variableNames: Object.keys(inputs),
    outputShape: flat(output).shape,
    workgroupSize: [threads, 1, 1],
    dispatchLayout: {x: [0]},
    dispatch: [groups, 1, 1],
    uniforms: names.map((name) => `${name} : u32, `).join('') + (scale === undefined ? '' : 'scale : f32,'),
    shaderKey: `tfjs-piecewise ${key}`,
    getUserCode: () => GROUP + code(),
  };
  const data = names.map((name) => ({type: 'uint32', data: [uniforms[name]]}));
  if (scale !== undefined) data.push({type: 'float32', data: [scale]});
  backend.runWebGPUProgram(program, Object.values(inputs).map(flat), 'float32', data, flat(output));
  return output;
}

/** A tensor of zeros, which tfjs uploads when it is used. */
export function zeros(backend: WebGPUBackend, shape: number[]): TensorInfo {
  return backend.makeTensorInfo(shape, 'float32', new Float32Array(util.sizeFromShape(shape)));
}

/** Code for each of `count` numbers. */
export const each = (count: number, line: (k: number) => string): string =>
  Array.from({length: count}, (_, k) => line(k)).join('\n');
