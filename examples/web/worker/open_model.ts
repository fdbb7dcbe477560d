import * as tf from '@tensorflow/tfjs';
import {modelFiles} from 'tfjs-piecewise/files';
import type {Dataset, Scaling} from '../../node/datasets/dataset';
import {fetchImages, imagesFrom, loadDigits} from './data';
import {judge} from './judge';
import type {OpenedModel} from './messages';

/** What `npm start` writes into its models. */
interface Metadata {
  name?: unknown;
  dataset?: unknown;
  scaling?: unknown;
  testAccuracy?: unknown;
}

/** Reads a model from files, with test images if they are not the digits, and judges it. */
export async function openModel(files: readonly File[], dataAddress: string): Promise<OpenedModel> {
  const isData = ({name}: File) => /ubyte/.test(name);
  const model = await tf.loadLayersModel(modelFiles(files.filter((file) => !isData(file))));
  try {
    const metadata = (model.getUserDefinedMetadata() ?? {}) as Metadata;
    const dataset = await testImages(model, metadata, files.filter(isData), dataAddress);
    const name = typeof metadata.name === 'string' ? metadata.name : model.name;
    return {
      ...(await judge(name, model, dataset)),
      parameters: model.countParams(),
      layers: model.layers.map((layer) => layer.getClassName()).join(' → '),
      claimedAccuracy: typeof metadata.testAccuracy === 'number' ? metadata.testAccuracy : null,
    };
  } finally {
    model.dispose();
  }
}

async function testImages(
  model: tf.LayersModel,
  {dataset, scaling}: Metadata,
  files: File[],
  address: string,
): Promise<Dataset> {
  const inputs = tf.util.sizeFromShape(model.inputs[0].shape.slice(1) as number[]);
  const outputs = model.outputs[0].shape.at(-1);
  const digits = await loadDigits();
  const name = typeof dataset === 'string' ? dataset : 'images';
  const isDigits = name === digits.name || (name === 'images' && inputs === 64);
  const given = !isDigits && files.length === 0 && address !== '' ? await fetchImages(address) : files;
  if (!isDigits && given.length === 0) {
    throw new Error(
      `The model takes ${inputs} inputs and was trained on ${name}, whose test images are not in this page. Choose them ` +
        'together with it: t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz.',
    );
  }
  const images = given.length > 0 ? await imagesFrom(given, name, scalingOf(scaling)) : digits;
  const size = images.test.x.length / images.test.count;
  if (size !== inputs || outputs !== Math.max(outputs ?? 0, images.numClasses)) {
    throw new Error(
      `The model takes ${inputs} inputs and gives ${outputs} outputs, but the images of ${images.name} have ${size} ` +
        `pixels in ${images.numClasses} classes. Choose the images that it was trained for.`,
    );
  }
  return images;
}

function scalingOf(value: unknown): Scaling {
  const {mean, std} = (value ?? {}) as Partial<Scaling>;
  return Number.isFinite(mean) && Number.isFinite(std) && std! > 0 ? {mean: mean!, std: std!} : {mean: 0, std: 255};
}
