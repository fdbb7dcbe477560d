import type {Lowering} from '../layer_call';
import type {Value} from '../operations';
import {channelsLast} from './channels_last';
import {alongAxes, asImages, windowsOf} from './convolution';

type Kind = 'maxPool' | 'averagePool';

/** A pooling of images or volumes. */
const windowed =
  (kind: Kind): ((...args: Parameters<Lowering>) => Value) =>
  (call, graph) => {
    const size = alongAxes(call.config.poolSize as number[]);
    const windows = windowsOf(call);
    // XNNPACK, in every runtime of LiteRT, makes such a pooling part of the clamp before it, and then gives one sample of a batch.
    if ([...size, ...windows.strides].every((n) => n === 1)) return call.inputs[0];
    return graph.emit(kind, call.inputs, call.outputShape, {...windows, size});
  };

const pooling = (kind: Kind): Lowering => channelsLast(windowed(kind));

const pooling1d =
  (kind: Kind): Lowering =>
  (call, graph) =>
    asImages(call, graph, (images) => windowed(kind)(images, graph));

const globalPooling =
  (kind: 'max' | 'mean', axes: readonly number[]): Lowering =>
  ({inputs: [x], config}, graph) => {
    const isFirst = config.dataFormat === 'channelsFirst';
    return graph.reduce(kind, x, isFirst ? axes.map((axis) => axis + 1) : axes, {keepDims: false});
  };

export const maxPooling1d = pooling1d('maxPool');
export const averagePooling1d = pooling1d('averagePool');
export const maxPooling = pooling('maxPool');
export const averagePooling = pooling('averagePool');
export const globalMaxPooling1d = globalPooling('max', [1]);
export const globalMaxPooling2d = globalPooling('max', [1, 2]);
export const globalAveragePooling1d = globalPooling('mean', [1]);
export const globalAveragePooling2d = globalPooling('mean', [1, 2]);
