import {portable} from '../../engine';
import {customOp} from './custom_op';

const inputs = ['x', 'indices', 'inverse'];

export const TakeUnits = customOp('TakeUnits', {inputs, attributes: {axis: 'INT'}, outputs: 1}, portable('TakeUnits'));
