/** The training: one layer, the kernels of one backend, and no more of the package than that. */

import * as tf from '@tensorflow/tfjs';
import {setWasmPaths} from '@tensorflow/tfjs-backend-wasm';
// Vite copies the binaries and says where; the backend takes the one that the browser can run.
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import {triangleWave} from 'tfjs-piecewise/layers';
import 'tfjs-piecewise/wasm';
import {curve, type Progress} from './messages';

const POINTS = 200;
const EPOCHS = 300;
const EVERY = 10;

setWasmPaths({
  'tfjs-backend-wasm.wasm': plain,
  'tfjs-backend-wasm-simd.wasm': simd,
  'tfjs-backend-wasm-threaded-simd.wasm': threadedSimd,
});

async function main() {
  await tf.setBackend('wasm');
  const model = tf.sequential({layers: [triangleWave({depth: 5, seed: 1, inputShape: [1]})]});
  model.compile({optimizer: tf.train.adam(0.01), loss: 'meanSquaredError'});
  const xs = Array.from({length: POINTS}, (_, i) => i / (POINTS - 1));
  const [x, y] = [tf.tensor2d(xs, [POINTS, 1]), tf.tensor2d(xs.map(curve), [POINTS, 1])];

  const onEpochEnd = async (epoch: number, logs?: tf.Logs) => {
    if ((epoch + 1) % EVERY > 0) return;
    const values = tf.tidy(() => [model.predict(x)].flat()[0].dataSync());
    const progress: Progress = {
      epoch: epoch + 1,
      epochs: EPOCHS,
      loss: logs!.loss,
      fit: [...values],
      path: `${tf.getBackend()}, ${model.countParams()} weights`,
    };
    postMessage(progress);
  };
  await model.fit(x, y, {epochs: EPOCHS, batchSize: POINTS, verbose: 0, callbacks: {onEpochEnd}});
}

main();
