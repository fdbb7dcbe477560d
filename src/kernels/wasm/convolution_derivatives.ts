import * as tf from '@tensorflow/tfjs';

/** Attributes of the forward pass and of both derivatives: tfjs looks at the format of the first alone. */
type Attrs = {
  strides: [number, number] | number;
  pad: 'valid' | 'same' | number;
  dilations?: [number, number] | number;
  dataFormat?: 'NHWC';
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
};

interface Family {
  forward: string;
  byInput: string;
  byFilter: string;
}

const FAMILIES: Family[] = [
  {forward: 'Conv2D', byInput: 'Conv2DBackpropInput', byFilter: 'Conv2DBackpropFilter'},
  {
    forward: 'DepthwiseConv2dNative',
    byInput: 'DepthwiseConv2dNativeBackpropInput',
    byFilter: 'DepthwiseConv2dNativeBackpropFilter',
  },
];

/**
 * The derivatives of convolutions, differentiated: all three are one sum of x, filter and dy, so each derivative of one is
 * another of them. What tfjs has is left alone.
 */
export function registerDerivatives(): void {
  for (const family of FAMILIES) {
    register(family.byFilter, ['x', 'dy'], ([x, dy], dfilter, attrs) => ({
      x: () => byInput(family, x, dy, dfilter, attrs),
      dy: () => forward(family, x, dfilter, attrs),
    }));
    register(family.byInput, ['dy', 'filter'], ([dy, filter], dx, attrs) => ({
      dy: () => forward(family, dx, filter, attrs),
      filter: () => byFilter(family, dx, dy, filter, attrs),
    }));
  }
}

function register(
  kernelName: string,
  inputsToSave: string[],
  run: (saved: tf.Tensor[], d: tf.Tensor, attrs: Attrs) => {[input: string]: () => tf.Tensor},
): void {
  if (tf.getGradient(kernelName)) return;
  tf.registerGradient({
    kernelName,
    inputsToSave,
    gradFunc: (d, saved, attrs) => run(saved, d as tf.Tensor, attrs as unknown as Attrs),
  });
}

const call = (kernel: string, inputs: {[name: string]: tf.Tensor}, attrs: object): tf.Tensor =>
  tf.engine().runKernel(kernel, inputs, attrs as tf.NamedAttrMap) as tf.Tensor;

const withDefaults = ({dilations = [1, 1], dataFormat = 'NHWC', ...attrs}: Attrs) => ({
  ...attrs,
  dilations,
  dataFormat,
});

const forward = (family: Family, x: tf.Tensor, filter: tf.Tensor, attrs: Attrs) =>
  call(family.forward, {x, filter}, withDefaults(attrs));

const byInput = (family: Family, x: tf.Tensor, dy: tf.Tensor, filter: tf.Tensor, attrs: Attrs) =>
  call(family.byInput, {dy, filter}, {...withDefaults(attrs), inputShape: x.shape});

const byFilter = (family: Family, x: tf.Tensor, dy: tf.Tensor, filter: tf.Tensor, attrs: Attrs) =>
  call(family.byFilter, {x, dy}, {...withDefaults(attrs), filterShape: filter.shape});
