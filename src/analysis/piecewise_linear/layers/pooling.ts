import {means} from '../affine';
import {alongAxes, type LayerCall, type LayerReader, sizeOf, volumeOf} from '../layer_call';
import type {Max} from '../steps';
import {type Windowing, windows} from '../windows';

function poolWindows(call: LayerCall): Int32Array[] {
  const {poolSize, padding} = call.config;
  const [size, strides] = [poolSize, call.config.strides].map((option) => alongAxes([option].flat() as number[]));
  return windows(volumeOf(call), {size, strides, padding, dilation: [1, 1, 1]} as Windowing);
}

function globalWindows(call: LayerCall): Int32Array[] {
  const volume = volumeOf(call);
  const [depth, height, width] = volume;
  return windows(volume, {size: [depth, height, width], strides: [1, 1, 1], padding: 'valid', dilation: [1, 1, 1]});
}

function largest(call: LayerCall, of: Int32Array[]): Max {
  const multiplyAdds = of.reduce((total, {length}) => total + length, 0);
  return {kind: 'max', inputs: sizeOf(call.inputShapes[0]), windows: of, multiplyAdds};
}

const mean = (call: LayerCall, of: Int32Array[]) => means(of, sizeOf(call.inputShapes[0]));

/** Volumes, images and sequences alike. */
export const maxPooling: LayerReader = (call) => [largest(call, poolWindows(call))];
export const averagePooling: LayerReader = (call) => [mean(call, poolWindows(call))];
export const globalMaxPooling: LayerReader = (call) => [largest(call, globalWindows(call))];
export const globalAveragePooling: LayerReader = (call) => [mean(call, globalWindows(call))];
