import * as tf from '@tensorflow/tfjs';
import {layers, reluPair, walshHadamard, whtReLUPair} from 'tfjs-piecewise';
import {backendName, useBackend, values} from '../support/backend';
import {expectClose} from '../support/close';
import {normal} from '../support/random';

useBackend();

const SHAPE = [2, 3, 5, 16];
const CHANNELS = 16;
const [x, dy] = [1, 2].map((seed) => normal(2 * 3 * 5 * CHANNELS, seed));
const [signs, negative, positive] = [3, 4, 5].map((seed) => normal(CHANNELS, seed));

/** Value and derivatives of y on images, with slopes that positions share as the layer has them: [1, 1, channels]. */
async function results(y: (...inputs: tf.Tensor[]) => tf.Tensor): Promise<Float32Array[]> {
  const tensors = tf.tidy(() => {
    const up = tf.tensor(dy, SHAPE);
    const inputs = [tf.tensor(x, SHAPE), ...[negative, positive].map((slopes) => tf.tensor(slopes, [1, 1, CHANNELS]))];
    const gradients = tf.grads((...all) => tf.sum(tf.mul(y(...all), up)))(inputs);
    expect(gradients.map(({shape}) => shape)).toEqual(inputs.map(({shape}) => shape));
    const byImages = (below: tf.Tensor) => tf.grad((t) => tf.sum(tf.mul(y(t, below, inputs[2]), up)))(inputs[0]);
    const second = tf.grad((below) => tf.sum(tf.square(byImages(below))))(inputs[1]);
    return [y(...inputs), ...gradients, second];
  });
  const found = await Promise.all(tensors.map(values));
  tf.dispose(tensors);
  return found;
}

it('slopes that all positions share give what they give apart from the transform', async () => {
  const args = {signs};
  const fused = await results((t, below, above) => whtReLUPair(t, below, above, args));
  const apart = await results((t, below, above) => reluPair(walshHadamard(t, args), below, above));
  fused.forEach((found, i) => {
    expectClose(found, Float64Array.from(apart[i]), {relative: 2e-6});
  });
});

it('so do slopes along another axis', async () => {
  const tensors = tf.tidy(() => {
    const images = tf.tensor(x, [2, 16, 5, 3]);
    const slopes = [negative, positive].map((each) => tf.tensor(each, [CHANNELS, 1, 1])) as [tf.Tensor, tf.Tensor];
    const args = {axis: 1, signs};
    return [whtReLUPair(images, ...slopes, args), reluPair(walshHadamard(images, args), ...slopes)];
  });
  const [fused, apart] = await Promise.all(tensors.map(values));
  expectClose(fused, Float64Array.from(apart), {relative: 2e-6});
  tf.dispose(tensors);
});

/** Kernels of a step of layers over the channels of images, without those of the sum and its derivative. */
function kernelsOf(inputShape: number[], own: tf.layers.Layer[], isData: boolean): string[] {
  const model = tf.sequential({layers: [tf.layers.inputLayer({inputShape}), ...own]});
  const images = tf.ones([2, ...inputShape]);
  const names = tf.tidy(() => {
    model.apply(images);
    const input = isData ? images : tf.variable(images);
    const run = jest.spyOn(tf.engine(), 'runKernel');
    tf.variableGrads(() => tf.sum(model.apply(input, {training: true}) as tf.Tensor));
    const calls = run.mock.calls.map(([name]) => name);
    run.mockRestore();
    if (input instanceof tf.Variable) input.dispose();
    return calls;
  });
  images.dispose();
  model.dispose();
  const [forward, backward] = [names.slice(0, names.indexOf('Sum')), names.slice(names.lastIndexOf('Multiply') + 1)];
  return [...forward, ...backward];
}

describe('a layer over the channels of images runs our kernels alone:', () => {
  // Where memory is dear, the transform is computed again.
  const keeps = !['webgl', 'webgpu'].includes(backendName);
  const {whtProjection} = layers;
  const pair = () => layers.reluPair({sharedAxes: [1, 2]});

  it('one forward, one backward', () => {
    const layer = whtProjection({units: 16, seed: 1, randomBias: 0, activation: pair()});
    expect(kernelsOf([3, 5, 16], [layer], false)).toEqual(
      keeps ? ['WHTReLUPairForward', 'WHTReLUPairBackward'] : ['WHTReLUPair', 'WHTReLUPairGradient'],
    );
  });

  it('the pair apart', () => {
    const own = [whtProjection({units: 16, seed: 1, randomBias: 0}), pair()];
    const kernels = ['SignedWalshHadamard', 'ReLUPair', 'ReLUPairGradient', 'SignedWalshHadamard'];
    expect(kernelsOf([3, 5, 16], own, false)).toEqual(kernels);
  });

  it('fewer units', () => {
    const layer = whtProjection({units: 12, seed: 1, randomBias: 0, activation: pair()});
    const kernels = kernelsOf([3, 5, 16], [layer], false);
    // On a GPU the selection is made of two.
    expect(kernels.filter((name) => !/^(Selected|Signed)WalshHadamard$|^TakeUnits$|^ReLUPair/.test(name))).toEqual([]);
  });

  it('of data, only the slopes are differentiated', () => {
    const layer = whtProjection({units: 16, seed: 1, randomBias: 0, activation: pair()});
    expect(kernelsOf([3, 5, 16], [layer], true)).toEqual([
      ...(keeps ? ['WHTReLUPairForward', 'ReLUPairSlopes'] : ['WHTReLUPair', 'WHTReLUPairSlopes']),
      'Reshape',
      'Reshape',
    ]);
  });
});
