import {portable} from '../../engine';
import {customOp} from './custom_op';

const name = 'SelectedWalshHadamard';
const inputs = ['x', 'signs', 'indices'];
const attributes = {axis: 'INT', scale: 'FLOAT', transposed: 'BOOL'} as const;

export const SelectedWalshHadamard = customOp(name, {inputs, attributes, outputs: 1}, portable(name));
