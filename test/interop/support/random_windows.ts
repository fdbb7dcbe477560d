import * as tf from '@tensorflow/tfjs';
import {mulberry32} from '../../support/random';

/** What the output of a window would be long: none if the window does not fit. */
function length(size: number, span: number, stride: number, padding: 'same' | 'valid'): number {
  return padding === 'same' ? Math.ceil(size / stride) : Math.floor((size - span) / stride) + 1;
}

/** What draws models of one or two layers of windows: convolutions and poolings of sequences, images and volumes. */
export function randomWindows(seed: number): () => {model: tf.Sequential; title: string} {
  const numbers = mulberry32(seed);
  /** A whole number of a range, both ends included. */
  const whole = (low: number, high: number) => low + Math.floor(numbers() * (high - low + 1));
  const one = <T>(choices: readonly T[]): T => choices[whole(0, choices.length - 1)];
  const start = () => tf.initializers.randomUniform({minval: -1, maxval: 1, seed: whole(1, 1e6)});

  /** A random layer of windows on sequences, images or volumes of a size, and the size of what it gives. */
  function windowed(size: number[]): {layer: tf.layers.Layer; title: string; size: number[]} | null {
    const kinds1d = ['conv1d', 'maxPooling1d', 'averagePooling1d'] as const;
    const filters = ['conv2d', 'depthwiseConv2d', 'separableConv2d', 'conv2dTranspose'] as const;
    const kinds2d = [...filters, 'maxPooling2d', 'averagePooling2d'] as const;
    const kinds3d = ['conv3d', 'maxPooling3d', 'averagePooling3d'] as const;
    const kind = size.length === 1 ? one(kinds1d) : size.length === 2 ? one(kinds2d) : one(kinds3d);
    const padding = one(['same', 'same', 'valid'] as const);
    const kernel = size.map(() => whole(1, 4));
    // Strides and dilations exclude each other; that of depthwise ones is ignored by tfjs.
    const dilates = numbers() < 0.3 && ['conv1d', 'conv2d', 'separableConv2d'].includes(kind);
    const dilation = size.map(() => (dilates ? whole(1, 3) : 1));
    const stride = size.map(() => (dilates ? 1 : whole(1, 5)));
    // TensorFlow has no others of these.
    if (kind === 'depthwiseConv2d' || kind === 'separableConv2d') {
      stride.fill(stride[0]);
      dilation.fill(dilation[0]);
    }
    const sizes = size.map((n, i) => {
      if (kind !== 'conv2dTranspose') return length(n, dilation[i] * (kernel[i] - 1) + 1, stride[i], padding);
      return n * stride[i] + (padding === 'same' ? 0 : Math.max(kernel[i] - stride[i], 0));
    });
    if (sizes.some((n) => n < 1)) return null;
    // tfjs has them wrong on volumes.
    const hasGaps = sizes.some((n, i) => (n - 1) * stride[i] + kernel[i] < size[i]);
    if (size.length === 3 && padding === 'same' && hasGaps) return null;
    const title = JSON.stringify({kind, size, kernel, stride, dilation, padding});
    const pool = {poolSize: kernel, strides: stride, padding};
    const conv = {kernelSize: kernel, strides: stride, dilationRate: dilation, padding, biasInitializer: start()};
    const L = tf.layers;
    const make = {
      conv1d: () => L.conv1d({filters: 2, ...conv, kernelInitializer: start()} as never),
      maxPooling1d: () => L.maxPooling1d({poolSize: kernel[0], strides: stride[0], padding}),
      averagePooling1d: () => L.averagePooling1d({poolSize: kernel[0], strides: stride[0], padding}),
      conv2d: () => L.conv2d({filters: 2, ...conv, kernelInitializer: start()} as never),
      conv2dTranspose: () => L.conv2dTranspose({filters: 2, ...conv, kernelInitializer: start()} as never),
      conv3d: () => L.conv3d({filters: 2, ...conv, kernelInitializer: start()} as never),
      maxPooling3d: () => L.maxPooling3d(pool as never),
      averagePooling3d: () => L.averagePooling3d(pool as never),
      depthwiseConv2d: () =>
        L.depthwiseConv2d({...conv, depthMultiplier: whole(1, 2), depthwiseInitializer: start()} as never),
      separableConv2d: () =>
        L.separableConv2d({
          filters: 2,
          ...conv,
          depthwiseInitializer: start(),
          pointwiseInitializer: start(),
        } as never),
      maxPooling2d: () => L.maxPooling2d(pool as never),
      averagePooling2d: () => L.averagePooling2d(pool as never),
    };
    return {layer: make[kind](), title, size: sizes};
  }

  /** One or two such layers in a row. */
  function randomModel(): {model: tf.Sequential; title: string} {
    for (;;) {
      const inputSize = Array.from({length: whole(1, 3)}, () => whole(1, 9));
      const first = windowed(inputSize);
      if (!first) continue;
      const model = tf.sequential();
      model.add(tf.layers.activation({activation: 'linear', inputShape: [...inputSize, 2]}));
      model.add(first.layer);
      const second = numbers() < 0.4 ? windowed(first.size) : null;
      if (second) model.add(second.layer);
      return {model, title: second ? `${first.title} ${second.title}` : first.title};
    }
  }

  return randomModel;
}
