/**
 * The Walsh-Hadamard transform against a dense product with H, the textbook loop, and the price of touching the data
 * (tf.add), on every backend that runs in Node: npm run bench
 */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {compare, type Variant} from './compare';

const SHAPES = [
  [64, 256],
  [64, 1024],
  [64, 2048],
  [64, 4096],
] as const;

async function main(): Promise<void> {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  tf.enableProdMode();
  console.log('backend     shape         transform ms   x tf.add   dense / transform   radix-2 loop / transform');
  for (const backend of ['cpu', 'wasm', 'tensorflow']) {
    try {
      if (backend === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
      if (backend === 'tensorflow') await import('@tensorflow/tfjs-node');
      if (!(await tf.setBackend(backend))) throw new Error('it did not start');
    } catch (error) {
      console.log(`${backend}: not measured, ${(error as Error).message.split('\n')[0]}`);
      continue;
    }
    for (const [rows, n] of SHAPES) await row(backend, rows, n);
  }
}

async function row(backend: string, rows: number, n: number): Promise<void> {
  const x = tf.randomNormal([rows, n], 0, 1, 'float32', 1);
  const h = pw.walshHadamard(tf.eye(n), {normalize: false});
  const values = x.dataSync() as Float32Array;
  const once = (f: () => tf.Tensor) => () => f().dispose();
  const variants: Variant[] = [
    {name: 'transform', run: once(() => pw.walshHadamard(x))},
    {name: 'add', run: once(() => tf.add(x, 1))},
    {name: 'loop', run: () => radix2(values.slice(), n)},
  ];
  const [transform, add, loop] = await compare(variants);
  const [dense] = await compare([{name: 'dense', run: once(() => tf.matMul(x, h))}], backend === 'cpu' ? 3 : 7);
  const cells = [
    backend.padEnd(10),
    `[${rows}, ${n}]`.padEnd(12),
    transform.toFixed(3).padStart(12),
    (transform / add).toFixed(1).padStart(10),
    (dense / transform).toFixed(0).padStart(19),
    (loop / transform).toFixed(1).padStart(26),
  ];
  console.log(cells.join('  '));
  tf.dispose([x, h]);
}

/** The textbook transform of rows of n, in place. */
function radix2(x: Float32Array, n: number): void {
  for (let row = 0; row < x.length; row += n) {
    for (let h = 1; h < n; h *= 2) {
      for (let i = row; i < row + n; i += 2 * h) {
        for (let j = i; j < i + h; j++) {
          const a = x[j];
          const b = x[j + h];
          x[j] = a + b;
          x[j + h] = a - b;
        }
      }
    }
  }
}

main().catch((error: Error) => {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
});
