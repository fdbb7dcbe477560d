import {join} from 'node:path';

/** Where `npm run setup -- own-op` puts our ops. */
export const ADDON = join(__dirname, '../../../build/Release/tfjs_piecewise.node');
