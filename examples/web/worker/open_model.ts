import * as tf from '@tensorflow/tfjs';
import {modelFiles} from 'tfjs-piecewise/files';
import {batch} from '../../node/batch';
import type {Dataset, Scaling} from '../../node/datasets/dataset';
import {wht} from '../../node/models';
import {compile} from '../../node/recipe';
import {fetchImages, imagesFrom, loadDigits} from './data';
import {judge} from './judge';
import type {Judgement, OpenedModel} from './messages';

/** What `npm start` writes into its models. */
interface Metadata {
  name?: unknown;
  dataset?: unknown;
  scaling?: unknown;
  testAccuracy?: unknown;
}

export interface Opened {
  model: tf.LayersModel;
  about: OpenedModel;
  dataset: Dataset | null;
}

/** Reads a model from files, with test images if there are any. Without files: an example. */
export async function openModel(files: readonly File[], dataAddress: string): Promise<Opened> {
  const isData = ({name}: File) => /ubyte/.test(name);
  const model =
    files.length === 0 ? await example() : await tf.loadLayersModel(modelFiles(files.filter((file) => !isData(file))));
  try {
    const metadata = (model.getUserDefinedMetadata() ?? {}) as Metadata;
    const name = typeof metadata.name === 'string' ? metadata.name : model.name;
    const dataset = await testImages(model, metadata, files.filter(isData), dataAddress);
    const judgement = typeof dataset === 'string' ? dataset : await judgementOf(name, model, dataset);
    const about = {
      name,
      parameters: model.countParams(),
      layers: model.layers.map((layer) => layer.getClassName()).join(' → '),
      claimedAccuracy: typeof metadata.testAccuracy === 'number' ? metadata.testAccuracy : null,
      judgement,
    };
    return {model, about, dataset: typeof dataset === 'string' ? null : dataset};
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** A small network of this package that reads digits, trained for a second. */
async function example(): Promise<tf.LayersModel> {
  const {train, numClasses, name} = await loadDigits();
  const shape = {inputs: 64, classes: numClasses, width: 64, blocks: 2, parametersPerBreakpoint: 2, readOutWidth: 16};
  const model = wht(shape).build(1);
  const recipe = {learningRate: 0.03, weightDecay: 0.05, labelSmoothing: 0.1, batchSize: 64, epochs: 4};
  const {optimizer, schedule} = compile(model, recipe);
  const [x, y] = batch(
    train,
    Int32Array.from({length: train.count}, (_, i) => i),
    numClasses,
  );
  const {epochs, batchSize} = recipe;
  await model.fit(x, y, {epochs, batchSize, verbose: 0, yieldEvery: 'never', callbacks: [schedule]});
  tf.dispose([x, y]);
  optimizer.dispose();
  model.setUserDefinedMetadata({name: 'an example, trained for 4 epochs', dataset: name});
  return model;
}

function judgementOf(name: string, model: tf.LayersModel, dataset: Dataset): Promise<Judgement> | string {
  const outputs = model.outputs[0].shape.at(-1) ?? 0;
  if (outputs >= dataset.numClasses) return judge(name, model, dataset);
  return `The model gives ${outputs} outputs, but ${dataset.name} has ${dataset.numClasses} classes: no accuracy.`;
}

/** Images that the model was made for; or why there are none. What somebody chose and does not fit is refused. */
async function testImages(
  model: tf.LayersModel,
  {dataset, scaling}: Metadata,
  files: File[],
  address: string,
): Promise<Dataset | string> {
  const inputs = tf.util.sizeFromShape(model.inputs[0].shape.slice(1) as number[]);
  const digits = await loadDigits();
  const name = typeof dataset === 'string' ? dataset : 'images';
  const isDigits = name === digits.name || (name === 'images' && inputs === 64);
  const given = !isDigits && files.length === 0 && address !== '' ? await fetchImages(address) : files;
  if (!isDigits && given.length === 0) {
    return typeof dataset !== 'string'
      ? `No test images here have ${inputs} numbers, as its input has: no accuracy.`
      : `The model was trained on ${name}, whose test images are not in this page. For its accuracy choose them ` +
          'together with it: t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz.';
  }
  const images = given.length > 0 ? await imagesFrom(given, name, scalingOf(scaling)) : digits;
  const size = images.test.x.length / images.test.count;
  if (size !== inputs) {
    throw new Error(
      `The model takes ${inputs} inputs, but the images of ${images.name} have ${size} pixels. Choose the images that it ` +
        'was trained for.',
    );
  }
  return images;
}

function scalingOf(value: unknown): Scaling {
  const {mean, std} = (value ?? {}) as Partial<Scaling>;
  return Number.isFinite(mean) && Number.isFinite(std) && std! > 0 ? {mean: mean!, std: std!} : {mean: 0, std: 255};
}
