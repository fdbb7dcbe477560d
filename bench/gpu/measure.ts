/** Runs in Node and in a page alike: kernels of the active backend webgpu against a copy on the device and tf.matMul. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {compare, type Effort, perCall, type Variant} from '../compare';
import {call, KERNELS, type KernelCall, type KernelName, kernelCall, type Shape, useAllOps} from '../kernels';
import type {GpuRow, GpuRun} from './results';

/** From many short rows to one of 2^24. */
const SHAPES: readonly Shape[] = [
  [64, 1024],
  [64, 4096],
  [4096, 1024],
  ...[14, 17, 20, 22, 24].map((bits): Shape => [1, 2 ** bits]),
];
/** A driver in software takes seconds for more, to say nothing. */
const SOFTWARE_SHAPES: readonly Shape[] = [
  [64, 1024],
  [1, 2 ** 14],
];
/** Waves have parameters for each position, several times as many numbers as x. */
const MAX_WAVES = 2 ** 20;
const MAX_MATRIX = 4096;
/** Calls that are waited for together: the device, not the wait, is to be measured. */
const CALLS = 10;

interface Device {
  device: GPUDevice;
  adapterInfo: GPUAdapterInfo;
  runWebGPUProgram(program: object, inputs: tf.TensorInfo[], ...rest: unknown[]): tf.TensorInfo;
}

const active = () => tf.backend() as unknown as Device;

/** `seconds` is for all of it: what has no time left is named in the result. */
export async function measureGpu(
  runtime: GpuRun['runtime'],
  seconds: number,
  progress: (what: string) => void,
): Promise<GpuRun> {
  const end = performance.now() + 1000 * seconds;
  tf.env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', 1); // or the last calls would wait for more
  useAllOps();
  const {vendor, architecture, description} = active().adapterInfo;
  const adapter = [vendor, architecture, description].filter(Boolean).join(' ');
  const software = /swiftshader|llvmpipe|lavapipe/i.test(adapter);
  const {kernels} = pw.backendReport();
  const run: GpuRun = {runtime, adapter, software, rows: [], left: []};
  for (const shape of software ? SOFTWARE_SHAPES : SHAPES) {
    for (const kernel of KERNELS) {
      const what = `${kernel} of [${shape}]`;
      if (kernels[kernel] !== 'native') run.left.push(`${what}: it has no native kernel here`);
      else if (kernel.startsWith('Triangle') && shape[1] > MAX_WAVES) run.left.push(`${what}: its parameters`);
      else if (performance.now() > end) run.left.push(`${what}: no time was left`);
      else {
        progress(what);
        run.rows.push(await measureRow(kernel, shape, software));
      }
    }
  }
  return run;
}

async function measureRow(kernel: KernelName, shape: Shape, software: boolean): Promise<GpuRow> {
  const effort: Effort = software ? {turns: 3, budget: 100} : {turns: 11, budget: 300};
  const difference = await differenceOf(kernel, shape);
  const ours = kernelCall(kernel, shape);
  const traffic = trafficOf(ours);
  const [rows, n] = shape;
  const x = ours.inputs.x as tf.Tensor2D;
  const h = kernel === 'WalshHadamard' && n <= MAX_MATRIX ? hadamard(n) : undefined;
  const {copy, release} = copyOf(rows * n * 4);
  const variants: Record<string, Variant> = {time: together(() => call(ours)), copy: together(copy)};
  if (h) variants.matMul = together(() => tf.matMul(x, h).dispose());
  const {time, copy: copied, matMul} = await compare(variants, effort);
  release();
  h?.dispose();
  tf.dispose(ours.inputs);
  return {
    kernel,
    shape,
    ...traffic,
    time: perCall(time, CALLS),
    copy: perCall(copied, CALLS),
    ...(matMul && {matMul: perCall(matMul, CALLS)}),
    difference,
  };
}

const hadamard = (n: number) => tf.tidy(() => pw.walshHadamard(tf.eye(n), {normalize: false}));

function together(run: () => void): Variant {
  return {
    run: () => {
      for (let i = 0; i < CALLS; i++) run();
      return active().device.queue.onSubmittedWorkDone();
    },
  };
}

/** One buffer copied to another, as tfjs would have to. */
function copyOf(size: number) {
  const {device} = active();
  const usage = GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const [from, to] = [0, 1].map(() => device.createBuffer({size, usage}));
  const copy = () => {
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(from, 0, to, 0, size);
    device.queue.submit([encoder.finish()]);
  };
  const release = () => {
    from.destroy();
    to.destroy();
  };
  return {copy, release};
}

/** The programs that one call runs, and the bytes of their inputs and outputs. */
function trafficOf(ours: KernelCall): {dispatches: number; bytes: number} {
  const backend = active();
  const traffic = {dispatches: 0, bytes: 0};
  const original = backend.runWebGPUProgram;
  backend.runWebGPUProgram = function (program, inputs, ...rest) {
    const output = original.call(this, program, inputs, ...rest);
    traffic.dispatches++;
    for (const {shape} of [...inputs, output]) traffic.bytes += 4 * tf.util.sizeFromShape(shape);
    return output;
  };
  try {
    call(ours);
  } finally {
    backend.runWebGPUProgram = original;
  }
  return traffic;
}

/** Against the backend cpu, whose kernels the specs hold against double precision. */
async function differenceOf(kernel: KernelName, shape: Shape): Promise<number> {
  const found = await outputsOf(kernel, shape);
  await tf.setBackend('cpu');
  useAllOps();
  const expected = await outputsOf(kernel, shape);
  await tf.setBackend('webgpu');
  let most = 0;
  for (const [i, values] of expected.entries()) {
    let [difference, largest] = [0, 0];
    for (const [k, value] of values.entries()) {
      const apart = Math.abs(found[i][k] - value);
      difference = Math.max(difference, Number.isNaN(apart) ? Infinity : apart);
      largest = Math.max(largest, Math.abs(value));
    }
    most = Math.max(most, difference / largest);
  }
  return most;
}

async function outputsOf(kernel: KernelName, shape: Shape): Promise<Float32Array[]> {
  const {name, inputs, attrs} = kernelCall(kernel, shape);
  if (/^(Signed)?W/.test(kernel)) makeSumsExact(inputs);
  const outputs = [tf.engine().runKernel(name, inputs, attrs)].flat() as tf.Tensor[];
  const values = await Promise.all(outputs.map((one) => one.data() as Promise<Float32Array>));
  tf.dispose([outputs, inputs]);
  return values;
}

/** Else a sum that is 0 but for rounding would be bent by one slope here, and by the other there. */
function makeSumsExact(inputs: KernelCall['inputs']): void {
  const replace = (name: string, change: (value: tf.Tensor) => tf.Tensor) => {
    if (!inputs[name]) return;
    const changed = tf.tidy(() => change(inputs[name]));
    inputs[name].dispose();
    inputs[name] = changed;
  };
  replace('x', (x) => tf.div(tf.round(tf.mul(x, 8)), 8));
  replace('signs', (signs) => tf.sub(1, tf.mul(2, tf.less(signs, 0))));
}
