import {dense as affine} from '../dense';
import {type LayerReader, sizeOf} from '../layer_call';
import {activationSteps} from './activation';

export const dense: LayerReader = (call) => {
  const shape = call.inputShapes[0];
  const positions = sizeOf(shape.slice(0, -1));
  const {kernel, bias} = call.weights;
  return [
    affine(kernel, bias ?? null, shape[shape.length - 1], positions),
    ...activationSteps(call, call.config.activation),
  ];
};

export const blockDense: LayerReader = (call) => {
  const shape = call.inputShapes[0];
  const units = shape[shape.length - 1];
  const {size, activation} = call.config as {size: number; activation: unknown};
  const {kernel, bias} = call.weights;
  const whole = new Float64Array(units * units);
  kernel.forEach((value, k) => {
    const [block, row, column] = [Math.floor(k / size ** 2), Math.floor(k / size) % size, k % size];
    whole[(block * size + row) * units + block * size + column] = value;
  });
  return [affine(whole, bias ?? null, units, sizeOf(shape.slice(0, -1))), ...activationSteps(call, activation)];
};
