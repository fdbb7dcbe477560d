import {softmaxCrossEntropy, softmaxCrossEntropyGradient} from '../../math/softmax_cross_entropy';
import type {HostKernel} from './memory';

export const softmaxCrossEntropyHost: HostKernel =
  (memory) =>
  ({inputs, attrs, backend}) => {
    const {shape} = inputs.logits!;
    const [logits, labels] = [inputs.logits!, inputs.labels!].map((t) => memory.read(backend, t));
    const last = shape.length - 1;
    const losses = softmaxCrossEntropy(logits, labels, shape[last], attrs!.smoothing as number);
    return memory.write(backend, shape.slice(0, last), losses);
  };

export const softmaxCrossEntropyGradientHost: HostKernel =
  (memory) =>
  ({inputs, attrs, backend}) => {
    const [dy, logits, labels] = [inputs.dy!, inputs.logits!, inputs.labels!].map((t) => memory.read(backend, t));
    const derivative = softmaxCrossEntropyGradient(dy, logits, labels, attrs!.smoothing as number);
    return memory.write(backend, inputs.logits!.shape, derivative);
  };
