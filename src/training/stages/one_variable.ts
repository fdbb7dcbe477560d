import * as tf from '@tensorflow/tfjs';
import {countLinearRegions} from '../../analysis/regions/count_linear_regions';
import {TriangleWave} from '../../layers/triangle_wave';
import {chordStart} from '../chord_start';
import type {Plan, Samples} from './options';

/** Samples of one number and one target. */
export interface Plane {
  x: Float32Array;
  y: Float32Array;
}

const isOne = ({inputs}: tf.LayersModel) =>
  inputs.length === 1 && inputs[0].shape.length === 2 && inputs[0].shape[1] === 1;

/** The samples of a model of one variable, else null. From a dataset: those of an epoch. */
export async function readPlane(model: tf.LayersModel, samples: Samples, {fit}: Plan): Promise<Plane | null> {
  if (!isOne(model)) return null;
  const [xs, ys]: Float32Array[][] = [[], []];
  const read = async (x: tf.Tensor, y: tf.Tensor) => {
    xs.push((await x.data()) as Float32Array);
    ys.push((await y.data()) as Float32Array);
  };
  if ('dataset' in samples) {
    const {dataset} = samples;
    const iterator = await (fit.batchesPerEpoch ? dataset.take(fit.batchesPerEpoch) : dataset).iterator();
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      const {xs: x, ys: y} = next.value as {xs: tf.Tensor; ys: tf.Tensor};
      await read(x, y);
      tf.dispose(next.value);
    }
  } else await read(samples.x, samples.y);
  const joined = (parts: Float32Array[]) => Float32Array.from(parts.flatMap((part) => Array.from(part)));
  return {x: joined(xs), y: joined(ys)};
}

/** Linear pieces between the least and the greatest x; null for a model that is not piecewise linear. */
export async function regionsOf(model: tf.LayersModel, {x}: Plane): Promise<number | null> {
  const [from, to] = [Math.min, Math.max].map((of) => x.reduce((end, value) => of(end, value), x[0]));
  if (!(from < to)) return null;
  return countLinearRegions(model, {from: [from], to: [to]}).then(
    ({regions}) => regions,
    () => null,
  );
}

/** The model that starts from the chord, if it is one wave on which nobody has decided yet; else null. */
export async function onChord(model: tf.LayersModel, {x, y}: Plane): Promise<tf.Sequential | null> {
  const [wave] = model.layers;
  if (!(model instanceof tf.Sequential && model.layers.length === 1 && wave instanceof TriangleWave)) return null;
  const {curvature, scale, scaling, base, domain, inputNorm} = wave;
  const isDefault =
    curvature === 'convex' &&
    scale === 'a0a1' &&
    base.slope === 1 &&
    base.intercept === 0 &&
    base.trainable &&
    domain[0] === 0 &&
    domain[1] === 1 &&
    ['tied', 'free'].includes(scaling) &&
    ['clip', 'none'].includes(inputNorm);
  if (!isDefault || !wave.trainable || x.length < 3 || x.length !== y.length || !(await isUntrained(wave))) return null;
  const args = {...wave.getConfig(), ...chordStart(x, y), inputShape: [1]} as ConstructorParameters<
    typeof TriangleWave
  >[0];
  return tf.sequential({layers: [new TriangleWave(args)]});
}

async function isUntrained(wave: TriangleWave): Promise<boolean> {
  const {slope, intercept, waves} = wave.parameters();
  const [[first], [second]] = await Promise.all([slope.data(), intercept!.data()]);
  tf.dispose([slope, intercept!, ...waves.flatMap(({peaks, scales}) => [peaks, scales])]);
  return first === 1 && second === 0;
}
