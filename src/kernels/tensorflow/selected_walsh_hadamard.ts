import {portable} from '../../engine';
import {customOp} from './custom_op';
import {expansion} from './fit_units';

const name = 'SelectedWalshHadamard';
const inputs = ['x', 'signs', 'indices', 'offset'];
const attributes = {axis: 'INT', scale: 'FLOAT', transposed: 'BOOL', ...expansion} as const;

export const SelectedWalshHadamard = customOp(name, {inputs, attributes, outputs: 1}, portable(name));
