// Runs the modules of examples that it is given, on the cpu backend unless one says otherwise, and prints what is wrong.

import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import {equal} from './pages';

const hidden = () => tf.layers.dense({units: 4, activation: 'relu', inputShape: [2]});
const readOut = () => tf.layers.dense({units: 1, useBias: false});
const shallow = () => tf.sequential({layers: [hidden(), readOut()]});
const deep = () => tf.sequential({layers: [hidden(), tf.layers.dense({units: 4, activation: 'relu'}), readOut()]});

function plain(value: unknown): unknown {
  if (value instanceof tf.Tensor) return value.arraySync();
  return ArrayBuffer.isView(value) ? [...(value as Float32Array)] : value;
}

async function main() {
  const failures: string[] = [];
  let claims = 0;
  for (const file of process.argv.slice(2)) {
    const {example} = await import(file);
    await tf.setBackend('cpu');
    const check = (value: unknown, claim: unknown) => {
      claims++;
      if (!equal(plain(value), claim)) failures.push(`${file}: says ${claim}, but is ${plain(value)}`);
    };
    const given = {model: deep(), committee: shallow(), first: deep(), second: deep(), trained: deep()};
    try {
      await example(given, check);
    } catch (error) {
      failures.push(`${file}: ${(error as Error).message}`);
    }
  }
  process.stdout.write(`\n${JSON.stringify({failures, claims})}`);
}

main();
