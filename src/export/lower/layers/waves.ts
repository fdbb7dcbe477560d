import * as tf from '@tensorflow/tfjs';
import {endSlopes} from '../../../layers/wave/bank';
import {BATCH_NORM} from '../../../layers/wave/batch_norm';
import type {WaveLayer} from '../../../layers/wave/layer';
import type {GraphBuilder} from '../builder';
import {type LayerCall, type Lowering, weight, withBias} from '../layer_call';
import type {Value} from '../operations';
import {activated, clip, line} from './activation';
import {normalizedByMoments} from './normalization';

export const triangleWave: Lowering = (call, graph) => waves(call, call.inputs[0], graph);

export const regionDense: Lowering = async (call, graph) => {
  const product = graph.matMul(call.inputs[0], weight(call, 'kernel', graph));
  const directions = call.weights.offset ? graph.binary('add', product, weight(call, 'offset', graph)) : product;
  const mixed = graph.matMul(await waves(call, directions, graph), weight(call, 'mix', graph));
  return activated(call, withBias(call, mixed, graph), graph);
};

/** What the weights of a layer stand for, as numbers: one for each channel in each list. */
interface Numbers {
  slope: Float32Array;
  intercept: Float32Array | null;
  waves: {peaks: Float32Array[]; scales: Float32Array[]; atZero: Float32Array; atOne: Float32Array}[];
}

/** The learned functions of the channels, the last axis of x. */
async function waves(call: LayerCall, x: Value, graph: GraphBuilder): Promise<Value> {
  const layer = call.layer as WaveLayer;
  const numbers = await numbersOf(layer);
  const perChannel = (name: string, values: Float32Array) =>
    graph.constant(`${call.name}/${name}`, values, [values.length]);
  const u = normalized(call, x, graph);
  let y = graph.binary('mul', u, perChannel('slope', numbers.slope));
  if (numbers.intercept) y = graph.binary('add', y, perChannel('intercept', numbers.intercept));
  const addTerm = (value: Value, name: string, factor: Float32Array) => {
    y = graph.binary('add', y, graph.binary('mul', value, perChannel(name, factor)));
  };
  for (const [w, {peaks, scales, atZero, atOne}] of numbers.waves.entries()) {
    const prefix = numbers.waves.length > 1 ? `wave${w}_` : '';
    let wave = u;
    for (const [i, peak] of peaks.entries()) {
      const rise = graph.binary('div', wave, perChannel(`${prefix}peak${i}`, peak));
      const rest = graph.binary('sub', graph.scalar(1), wave);
      const fall = graph.binary(
        'div',
        rest,
        perChannel(
          `${prefix}fall${i}`,
          peak.map((a) => 1 - a),
        ),
      );
      wave = graph.unary('relu', graph.binary('minimum', rise, fall));
      if (scales[i].some((scale) => scale !== 0)) addTerm(wave, `${prefix}scale${i}`, scales[i]);
    }
    if (layer.outside === 'linear') {
      const below = graph.unary('neg', graph.unary('relu', graph.unary('neg', u)));
      addTerm(below, `${prefix}slope_below`, atZero);
      addTerm(graph.unary('relu', graph.binary('sub', u, graph.scalar(1))), `${prefix}slope_above`, atOne);
    }
  }
  return y;
}

/** The input brought to [0, 1]; with outside 'linear' only its domain is. */
function normalized(call: LayerCall, x: Value, graph: GraphBuilder): Value {
  const {inputNorm, domain, outside} = call.layer as WaveLayer;
  const [low, high] = domain;
  if (inputNorm === 'batchNorm+sigmoid') {
    const names = {scale: 'norm_scale', offset: 'norm_offset', mean: 'norm_mean', variance: 'norm_variance'};
    return graph.unary('sigmoid', normalizedByMoments(call, x, names, BATCH_NORM.epsilon, graph));
  }
  const shifted = low === 0 ? x : graph.binary('sub', x, graph.scalar(low));
  const u = high - low === 1 ? shifted : graph.binary('div', shifted, graph.scalar(high - low));
  if (inputNorm === 'sigmoid') return graph.unary('sigmoid', u);
  if (inputNorm === 'fold') return folded(graph, u);
  return inputNorm === 'clip' || outside === 'clamp' ? clip(graph, u, 0, 1) : u;
}

/** The zigzag through (0, 0), (1, 1), (2, 0), of period 2. */
function folded(graph: GraphBuilder, u: Value): Value {
  const periods = graph.unary('floor', graph.binary('mul', u, graph.scalar(0.5)));
  const inPeriod = graph.binary('sub', u, graph.binary('mul', periods, graph.scalar(2)));
  return line(graph, graph.unary('abs', graph.binary('sub', inPeriod, graph.scalar(1))), -1, 1);
}

async function numbersOf(layer: WaveLayer): Promise<Numbers> {
  const parameters = tf.tidy(() => {
    const {slope, intercept, waves} = layer.parameters();
    // What tidy hands on holds nothing but tensors.
    return {
      slope,
      intercepts: intercept ? [intercept] : [],
      waves: waves.map((wave) => ({...wave, ...endSlopes(wave)})),
    };
  });
  const read = async (t: tf.Tensor) => (await t.data()) as Float32Array;
  const columns = async (t: tf.Tensor) => {
    const values = await read(t);
    const [channels, depth] = t.shape;
    return Array.from({length: depth}, (_, i) =>
      Float32Array.from({length: channels}, (__, c) => values[c * depth + i]),
    );
  };
  const numbers = {
    slope: await read(parameters.slope),
    intercept: parameters.intercepts.length > 0 ? await read(parameters.intercepts[0]) : null,
    waves: await Promise.all(
      parameters.waves.map(async ({peaks, scales, atZero, atOne}) => ({
        peaks: await columns(peaks),
        scales: await columns(scales),
        atZero: await read(atZero),
        atOne: await read(atOne),
      })),
    ),
  };
  tf.dispose(parameters);
  return numbers;
}
