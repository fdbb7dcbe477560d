import {type Lowering, requireChannelsLast} from '../layer_call';
import type {Value} from '../operations';
import {alongLength, asImages, windowsOf} from './convolution';

const pooling2d =
  (kind: 'maxPool' | 'averagePool'): Lowering =>
  (call, graph) => {
    const size = alongLength(call.config.poolSize as readonly [number, number?]);
    return graph.emit(kind, call.inputs, call.outputShape, {...windowsOf(call), size});
  };

const pooling1d =
  (kind: 'maxPool' | 'averagePool'): Lowering =>
  (call, graph) =>
    asImages(call, graph, (images) => pooling2d(kind)(images, graph) as Value);

const globalPooling =
  (kind: 'max' | 'mean', axes: readonly number[]): Lowering =>
  (call, graph) => {
    requireChannelsLast(call);
    return graph.reduce(kind, call.inputs[0], axes, {keepDims: false});
  };

export const maxPooling1d = pooling1d('maxPool');
export const averagePooling1d = pooling1d('averagePool');
export const maxPooling2d = pooling2d('maxPool');
export const averagePooling2d = pooling2d('averagePool');
export const globalMaxPooling1d = globalPooling('max', [1]);
export const globalMaxPooling2d = globalPooling('max', [1, 2]);
export const globalAveragePooling1d = globalPooling('mean', [1]);
export const globalAveragePooling2d = globalPooling('mean', [1, 2]);
