import {existsSync} from 'node:fs';
import {join} from 'node:path';

/** Where `npm run setup` puts our ops. */
export const ADDON = join(__dirname, '../../../build/Release/tfjs_piecewise.node');

/** A group of specs of our own ops. Where they could not be built the group counts as skipped; in CI it fails. */
export const describeOwnOps = existsSync(ADDON) || process.env.CI ? describe : describe.skip;
