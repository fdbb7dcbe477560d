import {triangleWaveGradientHost, triangleWaveHost} from '../host/triangle_wave';
import {memory} from './backend';
import {customOp} from './custom_op';

const inputs = ['x', 'peaks', 'scales'];

// Without our op one sweep of a loop over all levels, with two copies, against dozens of TensorFlow ops.
export const TriangleWave = customOp('TriangleWave', {inputs, attributes: {}, outputs: 1}, triangleWaveHost(memory));
export const TriangleWaveGradient = customOp(
  'TriangleWaveGradient',
  {inputs: [...inputs, 'dy'], attributes: {}, outputs: 3},
  triangleWaveGradientHost(memory),
);
