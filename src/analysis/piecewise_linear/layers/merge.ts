import {diagonal, means, run, sum} from '../affine';
import {type LayerCall, type LayerReader, refuse, sizeOf} from '../layer_call';

/** Refuses inputs that would have to be broadcast. */
function requireOneShape(call: LayerCall): void {
  const {inputShapes, outputShape} = call;
  if (inputShapes.some((shape) => String(shape) !== String(outputShape))) {
    refuse(
      call,
      `inputs of the shapes ${inputShapes.map((shape) => `[${shape}]`).join(' and ')}`,
      'Give them one shape.',
    );
  }
}

export const add: LayerReader = (call) => {
  requireOneShape(call);
  return [sum(call.inputShapes.length, sizeOf(call.outputShape))];
};

export const average: LayerReader = (call) => {
  const share = new Float64Array(sizeOf(call.outputShape)).fill(1 / call.inputShapes.length);
  return [...add(call), diagonal(share, null)];
};

/** The largest of all inputs, place by place. */
export const maximum: LayerReader = (call) => {
  requireOneShape(call);
  const [count, units] = [call.inputShapes.length, sizeOf(call.outputShape)];
  const windows = Array.from({length: units}, (_, unit) =>
    Int32Array.from({length: count}, (__, i) => i * units + unit),
  );
  // An affine step reads several inputs as one vector, a maximum reads one.
  return [
    run(0, count * units, count * units),
    {kind: 'max', inputs: count * units, windows, multiplyAdds: count * units},
  ];
};

/** The largest of the negatives. */
export const minimum: LayerReader = (call) => {
  const negative = (n: number) => diagonal(new Float64Array(n).fill(-1), null);
  const units = sizeOf(call.outputShape);
  return [negative(call.inputShapes.length * units), ...maximum(call), negative(units)];
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
