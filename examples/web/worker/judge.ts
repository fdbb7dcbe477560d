import * as tf from '@tensorflow/tfjs';
import type {Dataset} from '../../node/datasets/dataset';
import type {Judgement} from './messages';

const SAMPLES = 24;
const CHUNK = 1000;

/** What a model of logits or probabilities makes of the test images. */
export async function judge(name: string, model: tf.LayersModel, dataset: Dataset): Promise<Judgement> {
  const {test, imageShape, numClasses} = dataset;
  const guesses = await classify(model, test.x, test.count);
  const confusion = Array.from({length: numClasses}, () => new Array<number>(numClasses).fill(0));
  test.y.forEach((truth, i) => {
    confusion[truth][guesses[i]]++;
  });
  const right = confusion.reduce((sum, row, truth) => sum + row[truth], 0);
  const [height, width] = imageShape;
  const size = height * width;
  const isWrong = (i: number) => guesses[i] !== test.y[i];
  const order = [...test.y.keys()].slice(0, 400);
  // Mistakes are more telling than what is right.
  const shown = [...order.filter(isWrong).slice(0, SAMPLES / 2), ...order.filter((i) => !isWrong(i))].slice(0, SAMPLES);
  const samples = shown.map((i) => ({
    pixels: test.x.slice(i * size, (i + 1) * size),
    height,
    width,
    truth: test.y[i],
    guess: guesses[i],
  }));
  return {name, dataset: dataset.name, accuracy: right / test.count, confusion, samples};
}

export async function classify(model: tf.LayersModel, x: Float32Array, count: number): Promise<Int32Array> {
  const size = x.length / count;
  const guesses = new Int32Array(count);
  const inputShape = model.inputs[0].shape.slice(1) as number[];
  for (let start = 0; start < count; start += CHUNK) {
    const rows = Math.min(CHUNK, count - start);
    const chosen = tf.tidy(() => {
      const images = tf.tensor(x.subarray(start * size, (start + rows) * size), [rows, ...inputShape]);
      return (model.predict(images, {batchSize: CHUNK}) as tf.Tensor).argMax(1);
    });
    guesses.set(await chosen.data<'int32'>(), start);
    chosen.dispose();
  }
  return guesses;
}
