import type {Place} from '../simd/install';
import {describeModule} from './describe';
import {inWorkspace} from './workspace';

export const theWorkspace: Place = {run: inWorkspace, describe: describeModule};
