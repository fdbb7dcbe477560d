/** Types that a strict project sees, from every entry. `any` would make the expected errors go away, and that is one. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {countLinearRegions, type LinearRegions} from 'tfjs-piecewise/analysis';
import {registerKernels} from 'tfjs-piecewise/cpu';
import {toDense} from 'tfjs-piecewise/exporters';
import {type ReLUPair, whtProjection} from 'tfjs-piecewise/layers';
import {fileSystem} from 'tfjs-piecewise/node';
import {walshHadamard} from 'tfjs-piecewise/ops';
import {registerKernels as tensorflow} from 'tfjs-piecewise/tensorflow';
import {registerKernels as wasm} from 'tfjs-piecewise/wasm';
import {registerKernels as webgl} from 'tfjs-piecewise/webgl';
import {registerKernels as webgpu} from 'tfjs-piecewise/webgpu';

export const installers: ((backendName?: string) => void)[] = [registerKernels, tensorflow, wasm, webgl, webgpu];

const pair: ReLUPair = pw.layers.reluPair({parametricFraction: 0.25});
const model = tf.sequential({layers: [whtProjection({units: 8, inputShape: [4]}), pair]});
const dense: tf.Sequential = toDense(model);

// The type of the argument is that of the result.
export const transformed: tf.Tensor2D = walshHadamard(tf.ones([2, 4]) as tf.Tensor2D, {normalize: false});

export async function report(): Promise<[LinearRegions, number]> {
  await dense.save(fileSystem('out'));
  const {total} = await pw.analysis.parameterReport(model);
  return [await countLinearRegions(model, {from: [0, 0, 0, 0], to: [1, 1, 1, 1]}), total.parameters];
}

// @ts-expect-error: units are required
whtProjection({inputShape: [4]});
// @ts-expect-error: one of two words
whtProjection({units: 8, expand: 'repeat'});
// @ts-expect-error: a number
pw.layers.reluPair({parametricFraction: '0.25'});
// @ts-expect-error: not a name of the package
pw.layers.randomProjection({units: 8});
// @ts-expect-error: an object, not a list
pw.walshHadamard([1, 2], -1);
