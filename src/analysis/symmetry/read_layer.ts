import type * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';
import {randomSigns} from '../../math/random';
import {oneShape} from '../../tfjs_internals';
import {blockMap} from './block_map';
import {depthwise, zeroPadding} from './depthwise';
import {type LayerWeights, UnitWeight} from './layer_weights';
import type {FixedMap, LayerPart, UnitOperation} from './parts';
import {trainableMap} from './trainable_map';
import {
  activation,
  biasOperation,
  leakyReLU,
  normalization,
  pairOperation,
  passing,
  preluOperation,
  unitFunction,
} from './unit_operations';

type Config = tf.serialization.ConfigDict;

interface LayerToRead {
  name: string;
  config: Config;
  weights: LayerWeights;
  /** Channels of the input. */
  units: number;
}

const withActivation = (name: string, config: Config): UnitOperation[] =>
  config.activation ? [activation(name, config.activation as string)] : [];

/** The least side of a kernel, 0 beside zeros of its own. */
const windowOf = ({kernelSize, padding}: Config): number =>
  padding === 'valid' && kernelSize !== undefined ? Math.min(...([kernelSize].flat() as number[])) : 0;

function linearLayer({name, config, weights, units}: LayerToRead): LayerPart[] {
  const kernel = weights.get('kernel');
  const outputs = (config.units ?? config.filters) as number;
  const padded = config.padding !== undefined && config.padding !== 'valid';
  const map = trainableMap(name, kernel, weights.find('bias'), units, outputs, padded);
  return [{...map, window: windowOf(config)}, ...withActivation(name, config)];
}

/** One kernel for each channel; of a separable convolution before a matrix of the channels. */
function depthwiseLayer(reading: LayerToRead): LayerPart[] {
  const {name, config, weights, units} = reading;
  const kernel = weights.get('depthwise_kernel');
  const pointwise = weights.find('pointwise_kernel');
  if ((config.depthMultiplier ?? 1) !== 1) {
    const received = `depthMultiplier ${config.depthMultiplier}`;
    fail(`layer ${name}`, 'each channel must have one kernel', received, 'Use depthMultiplier: 1.');
  }
  const bias = weights.find('bias');
  const window = windowOf(config);
  const padded = config.padding !== 'valid';
  const last = withActivation(name, config);
  if (!pointwise) return [depthwise(name, kernel, bias, units, window, padded), ...last];
  const map = trainableMap(name, pointwise, bias, units, config.filters as number);
  return [depthwise(name, kernel, null, units, window, padded), map, ...last];
}

function normalized({name, config, weights, units}: LayerToRead): LayerPart[] {
  const axis = [config.axis].flat() as number[];
  const rank = oneShape(weights.layer.outputShape).length;
  if (axis.length !== 1 || (axis[0] !== -1 && axis[0] !== rank - 1)) {
    fail(`layer ${name}`, 'the axis must be the last one', `axis ${axis}`, 'Normalize the channels: {axis: -1}.');
  }
  const [gamma, beta] = [weights.find('gamma'), weights.find('beta')];
  const [mean, variance] = [weights.find('moving_mean'), weights.find('moving_variance')];
  const epsilon = config.epsilon as number;
  return [normalization(name, {gamma, beta, mean, variance, epsilon}, units)];
}

/** Slopes that several channels share, or only some units own, hold the units together. */
function pair(name: string, fraction: number, weights: LayerWeights, units: number): UnitOperation[] {
  const bias = weights.find('bias');
  const before = bias && bias.length % units === 0 ? [biasOperation(name, bias, units)] : [];
  const [negative, positive] = [weights.find('negative'), weights.find('positive')];
  const shared = (size: number) => size % units !== 0;
  if (!negative || !positive) {
    const operation = passing(name, 'positive', false);
    return bias && shared(bias.length) ? [{...operation, fixesUnits: true, hasMore: true}] : [...before, operation];
  }
  const count = negative.length;
  if (fraction < 1 || shared(count)) {
    return [...before, {...passing(name, 'none', false), fixesUnits: fraction < 1 || bias !== null, hasMore: true}];
  }
  return [...before, pairOperation(name, negative, positive, units)];
}

function projection({name, config, weights, units: channels}: LayerToRead): LayerPart[] {
  const {units, rounds, seed, axis, trainableSigns, inputNorm, randomBias} = config as Record<string, number>;
  if (axis !== -1) {
    fail(`layer ${name}`, 'the projection must mix the last axis', `axis ${axis}`, 'Use axis: -1.');
  }
  const sizes = [channels, weights.layer.inputSpec[0].axes![-1]];
  const square =
    sizes.every((size) => size === units) && Number.isInteger(Math.log2(units)) && rounds === 1 && !trainableSigns;
  const passes: FixedMap['passes'] =
    (inputNorm as unknown) === 'sphere' || randomBias !== 0
      ? 'nothing'
      : square
        ? {signs: randomSigns(units, seed)}
        : 'scalar';
  const activationOf = config.activation as unknown;
  const fused = typeof activationOf === 'object' && activationOf !== null;
  const ownBias = config.useBias ? weights.find('bias') : null;
  const map: FixedMap = {kind: 'fixed', layer: name, units, inputs: channels, passes};
  const bias = ownBias ? [biasOperation(name, ownBias, units)] : [];
  if (!fused) return [map, ...bias, ...withActivation(name, config)];
  const {parametricFraction} = (activationOf as {config: {parametricFraction: number}}).config;
  return [map, ...(ownBias ? bias : []), ...pair(name, parametricFraction, weights, units)];
}

function wave({name, config, weights, units}: LayerToRead): UnitOperation {
  const {trainable} = config.base as {trainable: boolean};
  const levels = (config.depth as number) + 1;
  const channels = (key: string, stride = 1) => {
    const data = weights.find(key);
    return data ? [new UnitWeight(data, units, stride)] : [];
  };
  const shape = [...channels('peaks', levels), ...channels('fraction')];
  return unitFunction(name, shape, [...channels('slope'), ...channels('intercept')], trainable);
}

function regionDense(reading: LayerToRead): LayerPart[] {
  const {name, config, weights, units} = reading;
  const [subnets, outputs] = [config.subnets, config.units] as number[];
  return [
    trainableMap(name, weights.get('kernel'), weights.get('offset'), units, subnets),
    wave({...reading, units: subnets}),
    trainableMap(name, weights.get('mix'), weights.find('bias'), subnets, outputs),
    ...withActivation(name, config),
  ];
}

/** Channels that stay the last axis, or repeat along it, as after a flatten layer; what else moves is held in its place. */
function rearranged({name, weights, units}: LayerToRead, keepsChannels: boolean): LayerPart[] {
  if (keepsChannels) return [passing(name, 'any')];
  const width = oneShape(weights.layer.outputShape).at(-1) ?? units;
  return [{kind: 'fixed', layer: name, units: width, inputs: null, passes: 'scalar'}];
}

const reshape = (reading: LayerToRead) =>
  rearranged(reading, (oneShape(reading.weights.layer.outputShape).at(-1) ?? 0) % reading.units === 0);

function permute(reading: LayerToRead): LayerPart[] {
  const dims = reading.config.dims as number[];
  return rearranged(reading, dims[dims.length - 1] === dims.length);
}

function blockDense({name, config, weights, units}: LayerToRead): LayerPart[] {
  const [blocks, size] = [config.blocks, config.size] as number[];
  if (blocks * size !== units) {
    const received = `${units} channels for ${blocks * size} units`;
    fail(
      `layer ${name}`,
      'blocks must lie on channels that were not flattened',
      received,
      'Put a dense layer before it.',
    );
  }
  const map = blockMap(name, weights.get('kernel'), weights.find('bias'), units, size);
  return [map, ...withActivation(name, config)];
}

const unchanged = ({name}: LayerToRead): LayerPart[] => [passing(name, 'any')];
const average = ({name}: LayerToRead): LayerPart[] => [{...passing(name, 'any'), averages: true}];
/** Zeros of the padding count in no average of tfjs; a maximum passes no sign. */
const maximum = ({name}: LayerToRead): LayerPart[] => [
  {...passing(name, 'positive', false), picks: true, onConstant: (value) => value},
];
const nothing = ({name}: LayerToRead): LayerPart[] => [passing(name, 'none', false)];

/** What each class of layers is made of. */
export const READERS: Record<string, ((reading: LayerToRead) => LayerPart[]) | undefined> = {
  InputLayer: () => [],
  Dense: linearLayer,
  Conv1D: linearLayer,
  Conv2D: linearLayer,
  DepthwiseConv2D: depthwiseLayer,
  SeparableConv2D: depthwiseLayer,
  ZeroPadding2D: ({name, config}) => [zeroPadding(name, Math.max(...([config.padding].flat(2) as number[])))],
  Activation: ({name, config}) => withActivation(name, config),
  ReLU: ({name, config}) => [activation(name, (config.maxValue ?? null) === null ? 'relu' : 'relu6')],
  LeakyReLU: ({name, config}) => [leakyReLU(name, config.alpha as number)],
  PReLU: ({name, weights, units}) => {
    const alpha = weights.get('alpha');
    if (alpha.length % units !== 0) return [{...passing(name, 'positive', false), hasMore: true}];
    return [preluOperation(name, alpha, units)];
  },
  ELU: nothing,
  Softmax: ({name}) => [activation(name, 'softmax')],
  ThresholdedReLU: ({name, config}) =>
    config.theta === 0 ? [activation(name, 'relu')] : [passing(name, 'none', false)],
  BatchNormalization: normalized,
  LayerNormalization: normalized,
  AlphaDropout: unchanged,
  Dropout: unchanged,
  SpatialDropout1D: unchanged,
  GaussianNoise: unchanged,
  GaussianDropout: unchanged,
  Flatten: unchanged,
  Reshape: reshape,
  Permute: permute,
  AveragePooling1D: average,
  AveragePooling2D: average,
  GlobalAveragePooling1D: average,
  GlobalAveragePooling2D: average,
  MaxPooling1D: maximum,
  MaxPooling2D: maximum,
  GlobalMaxPooling1D: maximum,
  GlobalMaxPooling2D: maximum,
  WHTProjection: projection,
  ReLUPair: ({name, config, weights, units}) => pair(name, config.parametricFraction as number, weights, units),
  TriangleWave: (reading) => [wave(reading)],
  RegionDense: regionDense,
  BlockDense: blockDense,
};

/** The parts of a layer whose input has `units` channels. */
export function readLayer(weights: LayerWeights, units: number, who: string): LayerPart[] {
  const {layer} = weights;
  const config = layer.getConfig();
  const kind = layer.getClassName();
  const read = READERS[kind];
  if (!read || config.dataFormat === 'channelsFirst') {
    const known = Object.keys(READERS).join(', ');
    const received = `layer ${layer.name} of class ${kind}${read ? ' with channelsFirst' : ''}`;
    fail(who, 'every layer must be of a kind whose symmetries are known', received, `Known, channelsLast: ${known}.`);
  }
  return read({name: layer.name, config, weights, units});
}
