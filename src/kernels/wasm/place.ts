import type {Place} from '../simd/install';
import {describeModule} from './describe';
import {inHeap} from './execute';

export const theHeap: Place = {run: inHeap, describe: describeModule};
