import {type TensorInfo, util} from '@tensorflow/tfjs';
import {fail} from '../../errors';

/** What our kernels use of tfjs's webgpu backend. Its package does not export the type of a program. */
export interface WebGPUBackend {
  device: {
    limits: {
      maxComputeWorkgroupStorageSize: number;
      maxComputeInvocationsPerWorkgroup: number;
      maxStorageBufferBindingSize: number;
    };
  };
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

export type Inputs = {[name: string]: TensorInfo};

export interface Shader {
  /** Names all that is written into the code as a number, and nothing that a uniform tells. */
  key: string;
  /** Invocations of a workgroup. */
  threads: number;
  /** WGSL of module scope. */
  head?: string;
  /** The body of `main`. It has the inputs and uniforms by name, `result`, `index`, the number of the thread, and `group`, that of its workgroup. */
  main(): string;
}

export interface Run {
  inputs: Inputs;
  /** Whole numbers, u32 in WGSL. */
  uniforms: {[name: string]: number};
  /** f32 in WGSL. */
  scale?: number;
  /** Workgroups. There may be more than these: one dimension ends at 65,535, so tfjs makes a rectangle of them. */
  groups: number;
  shape: number[];
}

export const sizeOf = ({shape}: {shape: number[]}): number => util.sizeFromShape(shape);

/** A tensor seen as [total / (n * inner), n, inner], n the length of an axis. */
export function axisOf({shape}: TensorInfo, axis: number): {total: number; n: number; inner: number} {
  return {total: sizeOf({shape}), n: shape[axis], inner: sizeOf({shape: shape.slice(axis + 1)})};
}

const flat = (tensor: TensorInfo): TensorInfo => ({...tensor, shape: [sizeOf(tensor)]});

/** WebGPU would not throw: what comes out would be zeros. The largest limit, 4 GiB, also keeps all indices below 2^31. */
function requireBindable({device}: WebGPUBackend, {shape}: {shape: number[]}): void {
  const most = Math.min(device.limits.maxStorageBufferBindingSize, 2 ** 32);
  const bytes = 4 * sizeOf({shape});
  if (bytes <= most) return;
  fail(
    'webgpu backend',
    `a tensor must have at most ${most} bytes on this device`,
    `shape [${shape}] of ${bytes} bytes`,
    'Use smaller batches.',
  );
}

/** Runs a shader into a new tensor. It sees all tensors flat: so one pipeline serves all ranks, and any rank. */
export function run(backend: WebGPUBackend, {key, threads, head = '', main}: Shader, call: Run): TensorInfo {
  const {inputs, uniforms, scale = 1, groups, shape} = call;
  for (const tensor of [...Object.values(inputs), {shape}]) requireBindable(backend, tensor);
  const output = backend.makeTensorInfo(shape, 'float32');
  const names = Object.keys(uniforms);
  const lines = (line: (name: string) => string) => [...names, 'scale'].map(line).join('');
  const program = {
    variableNames: Object.keys(inputs),
    outputShape: [sizeOf(output)],
    workgroupSize: [threads, 1, 1],
    dispatchLayout: {x: [0]},
    dispatch: [groups, 1, 1],
    uniforms: lines((name) => `${name} : ${name === 'scale' ? 'f' : 'u'}32, `),
    shaderKey: `piecewise ${key}`,
    getUserCode: () => `${head}fn main(index : i32) {
let group = u32(index) / ${threads}u;
${lines((name) => `let ${name} = uniforms.${name};\n`)}${main()}
}`,
  };
  const data = names.map((name) => ({type: 'uint32', data: [uniforms[name]]}));
  data.push({type: 'float32', data: [scale]});
  backend.runWebGPUProgram(program, Object.values(inputs).map(flat), 'float32', data, flat(output));
  return output;
}

/** Tensors of zeros like others, which tfjs uploads when they are used. */
export function zerosLike(backend: WebGPUBackend, tensors: TensorInfo[]): TensorInfo[] {
  return tensors.map((t) => backend.makeTensorInfo(t.shape, 'float32', new Float32Array(sizeOf(t))));
}
