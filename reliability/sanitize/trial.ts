/** One process with the addon under sanitizers: sizes around every tile, then the fuzzer. */

import * as tf from '@tensorflow/tfjs';
import {start} from '../../bench/backends';
import {KERNELS, kernelCall, useAllOps} from '../../bench/kernels';
import {findAddon} from '../../src/kernels/tensorflow/addon';
import {type Outcome, run} from '../fuzz/run';

export interface Trial {
  instructions: string;
  calls: number;
  outcomes: Outcome[];
}

const ROWS = [0, 1, 2, 3, 5, 65];
/** Around the vectors, leaves, cache lines, steps and passes of all instruction sets. */
const WIDTHS = [1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 127, 129, 255, 256, 257, 4095, 4096, 4097];
const POWERS = Array.from({length: 17}, (_, bits) => 2 ** bits);

async function sweep(): Promise<number> {
  useAllOps();
  let calls = 0;
  for (const name of KERNELS) {
    const isTransform = /W(alsh|HT)/.test(name);
    for (const n of isTransform ? POWERS : WIDTHS) {
      for (const rows of ROWS) {
        await once(kernelCall(name, [rows, n]));
        calls++;
      }
      if (!isTransform || n > 2048) continue;
      // The same along the first axis, which has other loops.
      for (const inner of WIDTHS.filter((width) => width <= 257)) {
        const {inputs, attrs} = kernelCall(name, [inner, n]);
        for (const matrix of ['x', 'z', 'dy'])
          if (inputs[matrix]) inputs[matrix] = tf.reshape(inputs[matrix], [n, inner]);
        await once({name, inputs, attrs: {...attrs, axis: 0}});
        calls++;
      }
    }
  }
  return calls;
}

/** TensorFlow computes when the values are asked for, if not before. */
async function once({name, inputs, attrs}: ReturnType<typeof kernelCall>): Promise<void> {
  const outputs = [tf.engine().runKernel(name, inputs, attrs)].flat() as tf.Tensor[];
  for (const output of outputs) await output.data();
  tf.dispose([...Object.values(inputs), ...outputs]);
}

async function main([runs, seed]: number[]): Promise<void> {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  tf.enableProdMode();
  await start('tensorflow');
  const {addon, advice} = findAddon(tf.backend() as unknown as {isUsingGpuDevice: boolean});
  if (!addon) throw new Error(advice);
  const calls = await sweep();
  const outcomes = await run(runs, seed);
  console.log(JSON.stringify({instructions: addon.instructions, calls, outcomes} satisfies Trial));
}

main(process.argv.slice(2).map(Number));
