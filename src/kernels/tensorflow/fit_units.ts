import {portable} from '../../engine';
import {customOp} from './custom_op';

const attributes = {axis: 'INT', size: 'INT', tiled: 'BOOL', moved: 'INT'} as const;

export const ExpandUnits = customOp(
  'ExpandUnits',
  {inputs: ['x', 'offset'], attributes, outputs: 1},
  portable('ExpandUnits'),
);
