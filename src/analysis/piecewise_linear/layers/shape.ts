/** Layers that only move values: which input each output is. */

import {diagonal, selection, sparse} from '../affine';
import {type LayerCall, type LayerReader, sizeOf, volumeOf} from '../layer_call';
import type {Step} from '../steps';

type Pair = [number, number];

/** The place of each value of the output, or -1 for 0. */
function moved(call: LayerCall, placeOf: (index: number[]) => number): Step[] {
  const {outputShape, inputShapes} = call;
  const index = outputShape.map(() => 0);
  const places = Int32Array.from({length: sizeOf(outputShape)}, () => {
    const place = placeOf(index);
    for (let axis = index.length - 1; axis >= 0 && ++index[axis] === outputShape[axis]; axis--) index[axis] = 0;
    return place;
  });
  return [selection(places, sizeOf(inputShapes[0]))];
}

/** The place of a pixel of the input, or -1 beside the image. */
function pixel(call: LayerCall, row: number, column: number, channel: number): number {
  const [, height, width, channels] = volumeOf(call);
  const isInside = row >= 0 && row < height && column >= 0 && column < width;
  return isInside ? (row * width + column) * channels + channel : -1;
}

export const zeroPadding2d: LayerReader = (call) => {
  const [[top], [left]] = call.config.padding as [Pair, Pair];
  return moved(call, ([row, column, channel]) => pixel(call, row - top, column - left, channel));
};

export const cropping2d: LayerReader = (call) => {
  const [[top], [left]] = call.config.cropping as [Pair, Pair];
  return moved(call, ([row, column, channel]) => pixel(call, row + top, column + left, channel));
};

export const upSampling2d: LayerReader = (call) => {
  const {size, interpolation} = call.config as {size: Pair; interpolation?: string};
  if (interpolation === 'bilinear') return bilinear(call, size);
  return moved(call, ([row, column, channel]) =>
    pixel(call, Math.floor(row / size[0]), Math.floor(column / size[1]), channel),
  );
};

/** Each pixel from the four around its place, which is that of tfjs: the corners are where the first pixels are. */
function bilinear(call: LayerCall, size: Pair): Step[] {
  const [, height, width] = volumeOf(call);
  const [rows, columns, channels] = call.outputShape;
  const around = (at: number, factor: number, length: number) => {
    const low = Math.floor(at / factor);
    const share = at / factor - low;
    return [
      [low, 1 - share],
      [Math.min(length - 1, low + 1), share],
    ];
  };
  const outputs: {places: number[]; weights: number[]}[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const four = around(row, size[0], height).flatMap(([y, a]) =>
        around(column, size[1], width).map(([x, b]) => ({y, x, weight: a * b})),
      );
      const seen = four.filter(({weight}) => weight > 0);
      for (let channel = 0; channel < channels; channel++) {
        const places = seen.map(({y, x}) => pixel(call, y, x, channel));
        outputs.push({places, weights: seen.map(({weight}) => weight)});
      }
    }
  }
  return [sparse(outputs, sizeOf(call.inputShapes[0]), null)];
}

export const repeatVector: LayerReader = (call) => moved(call, ([, i]) => i);

export const permute: LayerReader = (call) => {
  const [shape] = call.inputShapes;
  const dims = call.config.dims as number[];
  return moved(call, (index) => {
    const from = shape.map((_, axis) => index[dims.indexOf(axis + 1)]);
    return from.reduce((place, i, axis) => place * shape[axis] + i, 0);
  });
};

export const rescaling: LayerReader = (call) => {
  const {scale, offset} = call.config as {scale: number; offset?: number};
  const all = (value: number) => new Float64Array(sizeOf(call.outputShape)).fill(value);
  return [diagonal(all(scale), all(offset ?? 0))];
};
