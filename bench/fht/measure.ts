import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {compare, type Effort, perCall, type Variant} from '../compare';
import {type Shape, spread} from '../kernels';
import {LineProcess} from '../line_process';
import type {FhtRow} from './results';

/** A process of Python that runs fht-cpu. */
export type Fht = LineProcess<{version: string; threads: number}>;

/** Throws if this Python has no fht-cpu. */
export const startFht = (python: string): Promise<Fht> => LineProcess.start(python, [path.join(__dirname, 'fht.py')]);

/** A turn is to last so many milliseconds: what the pipe and the waking of threads take then does not count. */
const TURN = 20;
/** Milliseconds after which the threads of fht-cpu no longer look for work. */
const REST = 30;

export async function measureShape(shape: Shape, fht: Fht, effort: Effort): Promise<FhtRow> {
  const x = tf.tensor2d(spread(shape[0] * shape[1], -1, 1), [...shape]);
  const ask = (copied: boolean, runs: number) => fht.ask<number>({shape, copied, runs});
  await ask(false, 10);
  const runs = Math.max(1, Math.ceil(TURN / (await ask(false, 10))));
  const ours: Variant = {
    enter: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, REST),
    run: () => {
      for (let i = 0; i < runs; i++) pw.walshHadamard(x, {normalize: false}).dispose();
    },
  };
  const timings = await compare(
    {ours, inPlace: {run: () => ask(false, runs)}, copied: {run: () => ask(true, runs)}},
    effort,
  );
  x.dispose();
  const {ours: own, inPlace, copied} = timings;
  return {shape, ours: perCall(own, runs), inPlace: perCall(inPlace, runs), copied: perCall(copied, runs)};
}
