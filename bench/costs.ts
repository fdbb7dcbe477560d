/** What fusing saves, what the engine costs, and how near the transform is to the limit of the processor. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import type {Started} from './backends';
import {compare, type Effort, type Timing} from './compare';
import {alone, call, kernelCall, type Shape} from './kernels';
import {settled} from './measure';
import {ADDITIONS, additionLoop} from './peak';
import type {Additions, Fusion, Overhead} from './results';

const SHAPE: Shape = [64, 1024];
const SMALL: Shape = [1, 8];
/** A difference of a few percent needs more turns than a ratio of ten. */
const moreOf = ({turns, budget}: Effort): Effort => ({turns: 20 * turns, budget: 20 * budget});

export async function measureFusions(started: Started, effort: Effort): Promise<Fusion[]> {
  const [plain, signed, block, pair] = (
    ['WalshHadamard', 'SignedWalshHadamard', 'WHTReLUPair', 'ReLUPair'] as const
  ).map((name) => kernelCall(name, SHAPE));
  plain.attrs.scale = 1;
  for (const {inputs} of [signed, block, pair]) {
    inputs.x.dispose();
    inputs.x = plain.inputs.x; // from the same place of the caches
  }
  const times = (x: tf.Tensor) => tf.mul(x, signed.inputs.signs);
  const variant = (run: () => unknown) => ({run: settled(run, started)});
  const first = await compare(
    {
      alone: variant(() => call(plain)),
      fused: variant(() => call(signed)),
      apart: variant(() => {
        times(plain.inputs.x).dispose();
        call(plain);
      }),
    },
    moreOf(effort),
  );
  const second = await compare(
    {
      alone: variant(() => call(signed)),
      fused: variant(() => call(block)),
      apart: variant(() => {
        call(signed);
        call(pair);
      }),
    },
    moreOf(effort),
  );
  const {kernels} = pw.backendReport();
  const isNative = (name: string) => kernels[name] === 'native';
  tf.dispose([plain, signed, block, pair].map(({inputs}) => inputs));
  return [
    {what: 'signs and scale', native: isNative(signed.name), ...first},
    {what: 'two slopes', native: isNative(block.name), ...second},
  ];
}

export async function measureOverhead(started: Started, effort: Effort): Promise<Overhead> {
  const small = kernelCall('WalshHadamard', SMALL);
  const {x} = small.inputs;
  const variant = (run: () => unknown) => ({run: settled(run, started)});
  const overhead = await compare(
    {
      kernel: variant(() => call(small)),
      op: variant(() => pw.walshHadamard(x).dispose()),
      identity: variant(() => call({name: 'Identity', inputs: {x}, attrs: {}})),
    },
    effort,
  );
  x.dispose();
  return overhead;
}

/** n log2(n) additions a row, in turns with the loop of additions; the multiplication by the scale is not counted. */
export async function measureAdditions(shapes: readonly Shape[], effort: Effort): Promise<Additions[]> {
  const loop = await additionLoop();
  const all: Additions[] = [];
  for (const shape of shapes) {
    const transform = kernelCall('WalshHadamard', shape);
    const {ours, peak} = await compare({ours: {run: alone(transform)}, peak: {run: loop}}, moreOf(effort));
    const perSecond = (additions: number, {median}: Timing) => additions / (median / 1000);
    const count = shape[0] * shape[1] * Math.log2(shape[1]);
    all.push({shape, rate: perSecond(count, ours), peak: perSecond(ADDITIONS, peak)});
    tf.dispose(transform.inputs);
  }
  return all;
}
