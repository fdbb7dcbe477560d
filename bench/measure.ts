import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {textbook} from '../test/kernels/textbook';
import type {Started} from './backends';
import {compare, type Effort, type Variant} from './compare';
import {call, KERNELS, type KernelCall, kernelCall, type Shape, spread} from './kernels';
import {portableSwitch, type Switch} from './portable';
import type {KernelRow, Rival} from './results';
import {KERNEL_OF, SELECTIONS, type SelectionName, selectionCall} from './selections';

/** Above it the matrix H would not fit. */
const MAX_DENSE = 4096;

export interface Plan {
  shapes: readonly Shape[];
  /** More of them for the transform alone, against the product with H. */
  denseShapes: readonly Shape[];
  effort: Effort;
}

/** A run that ends when its work is done. */
export function settled(run: () => unknown, {settle}: Started): () => unknown {
  if (!settle) return run;
  return () => {
    run();
    return settle();
  };
}

/** Every kernel on every shape, against its rivals. */
export async function measureKernels(plan: Plan, started: Started, progress: (what: string) => void) {
  const {kernels} = pw.backendReport();
  const portable = portableSwitch();
  const rows: KernelRow[] = [];
  for (const kernel of [...KERNELS, ...SELECTIONS].filter((name) => isUsed(name, kernels))) {
    for (const shape of kernel === 'WalshHadamard' ? [...plan.shapes, ...plan.denseShapes] : plan.shapes) {
      progress(`${kernel} of [${shape}]`);
      const native = kernels[registryName(kernel)] === 'native';
      rows.push(await measureKernel(kernel, shape, native, {plan, started, portable}));
    }
  }
  return rows;
}

/** A backend either keeps the transform for the way back, or transforms again. */
function isUsed(kernel: KernelRow['kernel'], kernels: {[name: string]: string}): boolean {
  const keeps = kernels.WHTReLUPairForward === 'native';
  if (kernel === 'WHTReLUPairGradient') return !keeps;
  return keeps || (kernel !== 'WHTReLUPairForward' && kernel !== 'WHTReLUPairBackward');
}

const isSelection = (kernel: KernelRow['kernel']): kernel is SelectionName => kernel in KERNEL_OF;
const registryName = (kernel: KernelRow['kernel']) => (isSelection(kernel) ? KERNEL_OF[kernel] : kernel);

interface Setting {
  plan: Plan;
  started: Started;
  portable: Switch;
}

async function measureKernel(
  kernel: KernelRow['kernel'],
  shape: Shape,
  native: boolean,
  {plan, started, portable}: Setting,
): Promise<KernelRow> {
  const ours = isSelection(kernel) ? selectionCall(kernel, shape) : kernelCall(kernel, shape);
  const variant = (run: () => unknown): Variant => ({run: settled(run, started)});
  const {variants, dispose} = rivals(ours, shape, started);
  const timings = await compare<'time' | Rival>(
    {
      time: variant(() => call(ours)),
      ...variants,
      ...(native && portable.has(ours.name) && {portable: {...variant(() => call(ours)), ...portable}}),
    } as Record<'time' | Rival, Variant>,
    plan.effort,
  );
  dispose();
  tf.dispose(ours.inputs);
  const {time, ...others} = timings;
  return {kernel, native, shape, time, rivals: others};
}

function rivals({name, inputs}: KernelCall, [rows, n]: Shape, started: Started) {
  const x = inputs.x ?? inputs.z ?? inputs.logits;
  const source = spread(rows * n, -1, 1);
  const target = new Float32Array(rows * n);
  const variants: Partial<Record<Rival, Variant>> = {
    add: {run: settled(() => tf.add(x, 1).dispose(), started)},
  };
  const onGpu = started.settle !== undefined;
  if (!onGpu) variants.copy = {run: () => target.set(source)}; // on a GPU, memory is elsewhere
  if (name !== 'WalshHadamard') return {variants, dispose: () => {}};
  const zeros = new Float32Array(rows * n); // sums of sums would grow to infinity
  if (!onGpu) variants.loop = {run: () => textbook(zeros, n)};
  if (n > MAX_DENSE) return {variants, dispose: () => {}};
  const h = tf.tidy(() => pw.walshHadamard(tf.eye(n), {normalize: false}));
  variants.dense = {run: settled(() => tf.matMul(x as tf.Tensor2D, h).dispose(), started)};
  return {variants, dispose: () => h.dispose()};
}
