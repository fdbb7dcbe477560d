import {means, sum} from '../affine';
import {type LayerReader, refuse, sizeOf} from '../layer_call';

export const add: LayerReader = (call) => {
  const {inputShapes, outputShape} = call;
  if (inputShapes.some((shape) => String(shape) !== String(outputShape))) {
    refuse(
      call,
      `inputs of the shapes ${inputShapes.map((shape) => `[${shape}]`).join(' and ')}`,
      'Give them one shape.',
    );
  }
  return [sum(inputShapes.length, sizeOf(outputShape))];
};

export const concatenate: LayerReader = ({inputShapes, outputShape, config}) => {
  const axis = config.axis as number;
  const at = axis < 0 ? axis + outputShape.length : axis - 1;
  const starts = inputShapes.map((_, part) =>
    inputShapes.slice(0, part).reduce((all, shape) => all + sizeOf(shape), 0),
  );
  const places: Int32Array[] = [];
  for (let block = 0; block < sizeOf(outputShape.slice(0, at)); block++) {
    for (const [part, shape] of inputShapes.entries()) {
      const size = sizeOf(shape.slice(at));
      for (let i = 0; i < size; i++) places.push(Int32Array.of(starts[part] + block * size + i));
    }
  }
  return [means(places, places.length)];
};
