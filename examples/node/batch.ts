import * as tf from '@tensorflow/tfjs';
import type {Examples} from './datasets/dataset';

/** Chosen images as rows, and their classes as one-hot rows. */
export function batch({x, y, count}: Examples, rows: Int32Array, numClasses: number): [tf.Tensor2D, tf.Tensor2D] {
  const size = x.length / count;
  const images = new Float32Array(rows.length * size);
  const labels = new Float32Array(rows.length * numClasses);
  rows.forEach((row, i) => {
    images.set(x.subarray(row * size, (row + 1) * size), i * size);
    labels[i * numClasses + y[row]] = 1;
  });
  return [tf.tensor2d(images, [rows.length, size]), tf.tensor2d(labels, [rows.length, numClasses])];
}
