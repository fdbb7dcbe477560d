/**
 * Models of Keras 3 as its converters write them, in the words of Keras 2, which are those of TensorFlow.js.
 *
 * Keras 3 says what tfjs-layers knows in other words: `batch_shape`, a policy for a dtype, calls as arguments of a function,
 * objects with the module that they come from, and weights by the path through their models. What has no equal in
 * TensorFlow.js, or another meaning there, is refused by its name.
 */

import type * as tf from '@tensorflow/tfjs';
import {fail} from '../errors';

type Json = {[key: string]: unknown};

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Options that mean nothing to TensorFlow.js with these values; with others the layer would be another one. */
const NEUTRAL: {[option: string]: unknown} = {
  groups: 1,
  keepdims: false,
  negative_slope: 0,
  threshold: 0,
  reset_after: false,
  rms_scaling: false,
  renorm: false,
  time_major: false,
  zero_output_for_mask: false,
  return_state: false,
};

/** Options that are the same number by another name. */
const RENAMED: {[className: string]: {[option: string]: string}} = {LeakyReLU: {negative_slope: 'alpha'}};

/** Weights by another name. */
const WEIGHTS: {[className: string]: {[weight: string]: string}} = {DepthwiseConv2D: {kernel: 'depthwise_kernel'}};

/** Activations by another name. */
const ACTIVATIONS: {[name: string]: string} = {silu: 'swish', log_softmax: 'logSoftmax'};

/** Functions that TensorFlow.js lacks, or computes otherwise under that name. */
const OTHER_ACTIVATIONS = [
  'celu',
  'exponential',
  'glu',
  'hard_shrink',
  'hard_sigmoid',
  'hard_silu',
  'hard_swish',
  'hard_tanh',
  'leaky_relu',
  'log_sigmoid',
  'soft_shrink',
  'sparse_plus',
  'sparsemax',
  'squareplus',
  'tanh_shrink',
  'threshold',
];

/** Whether a Keras of the third generation has written the topology. */
export const isKeras3 = (topology: unknown): boolean =>
  isObject(topology) && String(topology.keras_version).startsWith('3.') && isObject(topology.model_config);

/** A layer of the model, and of the models in it. */
interface Leaf {
  readonly name: string;
  readonly className: string;
  readonly config: Json;
}

/** All layers, by their names and by the folders in which a .keras file keeps their weights. */
class Leaves {
  readonly byName = new Map<string, Leaf>();
  readonly byFolder = new Map<string, Leaf>();
}

/**
 * @throws If a layer has an option that TensorFlow.js lacks, or has another meaning for, or weights have no layer.
 */
export function fromKeras3(json: tf.io.ModelJSON, who: string): tf.io.ModelJSON {
  const leaves = new Leaves();
  const {model_config: model, ...rest} = json.modelTopology as Json;
  const modelTopology = {...rest, model_config: modelFrom(model as Json, '', leaves, who)};
  const manifest = Array.isArray(json.weightsManifest) ? json.weightsManifest : [];
  const weightsManifest = manifest.map((group) => {
    const weights = Array.isArray(group?.weights) ? group.weights : [];
    return {
      ...group,
      weights: weights.map((entry) => ({...entry, name: weightName(String(entry?.name), leaves, who)})),
    };
  });
  return {...json, modelTopology, weightsManifest};
}

/** A Sequential or functional model, whose layers are added to the leaves. */
function modelFrom({class_name, config}: Json, folder: string, leaves: Leaves, who: string): Json {
  const {name, trainable, layers, input_layers, output_layers} = isObject(config) ? config : ({} as Json);
  const list = (Array.isArray(layers) ? layers : []).filter(isObject);
  // tfjs counts the making of a model as its first call, Keras 3 does not.
  const models = new Set(list.filter(isModel).map((layer) => nameOf(layer)));
  const shifted = (link: unknown) => {
    if (!Array.isArray(link) || !models.has(link[0])) return link;
    return [link[0], Number(link[1]) + 1, ...link.slice(2)];
  };
  // One link stands alone.
  const linksFrom = (links: unknown) =>
    Array.isArray(links) ? (typeof links[0] === 'string' ? [links] : links).map(shifted) : links;
  const counts = new Map<string, number>();
  const inner = list.map((layer) => {
    const kind = folderName(String(layer.class_name));
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    const own = `${folder}layers/${kind}${count > 0 ? `_${count}` : ''}/`;
    const nodes = Array.isArray(layer.inbound_nodes) && layer.inbound_nodes.map((node) => nodeFrom(node).map(shifted));
    const call = {...(layer.name !== undefined && {name: layer.name}), ...(nodes && {inbound_nodes: nodes})};
    return {...(isModel(layer) ? modelFrom(layer, own, leaves, who) : layerFrom(layer, own, leaves, who)), ...call};
  });
  const links = {
    ...(input_layers !== undefined && {input_layers: linksFrom(input_layers)}),
    ...(output_layers !== undefined && {output_layers: linksFrom(output_layers)}),
  };
  const className = class_name === 'Functional' ? 'Model' : class_name;
  return {class_name: className, config: {name, trainable, layers: inner, ...links}};
}

const isModel = ({config}: Json) => isObject(config) && Array.isArray(config.layers);

const nameOf = ({name, config}: Json) => (isObject(config) ? config.name : undefined) ?? name;

/** How Keras writes the name of a class as that of a folder: DepthwiseConv2D is depthwise_conv2d. */
const folderName = (className: string) =>
  className
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();

function layerFrom(layer: Json, folder: string, leaves: Leaves, who: string): Json {
  const className = String(layer.class_name);
  const given = isObject(layer.config) ? layer.config : {};
  const name = String(nameOf(layer));
  const config = optionsFrom(className, given, `${who}, layer ${name}`);
  const leaf = {name, className, config};
  leaves.byName.set(name, leaf);
  leaves.byFolder.set(folder, leaf);
  return {class_name: className, config};
}

/** A call of a layer: tensors among its arguments, by the layer, the call and the output that they come from. */
function nodeFrom(node: unknown): unknown[] {
  if (!isObject(node)) return Array.isArray(node) ? node : [];
  const links: unknown[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isObject(value) && isObject(value.config) && Array.isArray(value.config.keras_history)) {
      links.push([...value.config.keras_history, {}]);
    } else if (isObject(value)) Object.values(value).forEach(visit);
  };
  visit(node.args);
  return links;
}

function optionsFrom(className: string, config: Json, who: string): Json {
  const options: Json = {};
  for (const [option, value] of Object.entries(config)) {
    const renamed = RENAMED[className]?.[option];
    if (renamed) options[renamed] = value;
    else if (option === 'batch_shape') options.batch_input_shape = value;
    else if (option.endsWith('regularizer')) options[option] = regularizerFrom(value, option, who);
    else if (option.endsWith('initializer')) options[option] = initializerFrom(value);
    else if (option === 'dtype') options.dtype = dtypeFrom(value);
    else if (option.endsWith('activation')) {
      options[option] = activationFrom(value, option, who);
    } else if (Object.hasOwn(NEUTRAL, option) && value !== null && value !== NEUTRAL[option]) {
      const expected = `${option} of ${className} must be ${NEUTRAL[option]} for TensorFlow.js`;
      fail(who, expected, JSON.stringify(value), 'Build and train the model with that.');
    } else options[option] = objectFrom(value);
  }
  if (
    className === 'DepthwiseConv2D' &&
    [config.dilation_rate].flat().some((rate) => rate !== 1 && rate !== undefined)
  ) {
    fail(who, 'dilation_rate of DepthwiseConv2D must be 1', String(config.dilation_rate), 'TensorFlow.js ignores it.');
  }
  if (className === 'UpSampling2D' && config.interpolation !== 'nearest' && config.interpolation !== undefined) {
    const fix = 'TensorFlow.js puts the samples elsewhere than Keras.';
    fail(who, "interpolation of UpSampling2D must be 'nearest'", String(config.interpolation), fix);
  }
  return options;
}

/** 'float32' of a policy; what computes in half precision has weights of float32. */
function dtypeFrom(dtype: unknown): unknown {
  const name = isObject(dtype) && isObject(dtype.config) ? dtype.config.name : dtype;
  return typeof name === 'string' && name.startsWith('mixed_') ? 'float32' : name;
}

function activationFrom(value: unknown, option: string, who: string): unknown {
  const isFunction = isObject(value) && typeof value.config === 'string';
  const name = isFunction ? value.config : value;
  if (typeof name !== 'string') return objectFrom(value);
  if (OTHER_ACTIVATIONS.includes(name)) {
    const fix = 'Use relu, elu, selu, gelu, mish, swish, sigmoid, softplus, softsign, softmax or tanh.';
    fail(who, `${option} must be a function that TensorFlow.js has, and computes like Keras 3`, `'${name}'`, fix);
  }
  return ACTIVATIONS[name] ?? name;
}

/** One class of TensorFlow.js is all three of Keras. */
function regularizerFrom(value: unknown, option: string, who: string): unknown {
  if (!isObject(value)) return value;
  const {l1 = 0, l2 = 0} = isObject(value.config) ? value.config : {};
  if (!['L1', 'L2', 'L1L2'].includes(String(value.class_name))) {
    fail(who, `${option} must be L1, L2 or L1L2`, String(value.class_name), 'TensorFlow.js has no other.');
  }
  return {class_name: 'L1L2', config: {l1, l2}};
}

/** Initializers of another name. */
const INITIALIZERS: {[className: string]: string} = {
  IdentityInitializer: 'Identity',
  LecunNormal: 'LeCunNormal',
  LecunUniform: 'LeCunUniform',
  OrthogonalInitializer: 'Orthogonal',
};

function initializerFrom(value: unknown): unknown {
  const plain = objectFrom(value);
  if (!isObject(plain)) return plain;
  const className = String(plain.class_name);
  return {...plain, class_name: INITIALIZERS[className] ?? className};
}

/** An object without the module that it comes from; tuples as lists. */
function objectFrom(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(objectFrom);
  if (!isObject(value)) return value;
  if (value.class_name === '__tuple__') return objectFrom(value.items);
  const {module: _, registered_name: __, build_config: ___, shared_object_id: ____, ...rest} = value;
  return Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, objectFrom(inner)]));
}

/** The weights of a layer in order, as a .keras file numbers them. */
const NUMBERED: {[className: string]: (config: Json) => (string | false | undefined)[]} = {
  ...named(['Dense', 'Conv1D', 'Conv2D', 'Conv2DTranspose', 'Conv3D', 'BlockDense'], 'kernel', 'bias'),
  ...named(['DepthwiseConv2D'], 'depthwise_kernel', 'bias'),
  ...named(['SeparableConv2D'], 'depthwise_kernel', 'pointwise_kernel', 'bias'),
  ...named(['SimpleRNN', 'GRU', 'LSTM'], 'kernel', 'recurrent_kernel', 'bias'),
  ...named(['Embedding'], 'embeddings'),
  ...named(['PReLU'], 'alpha'),
  ...named(['ReLUPair'], 'negative', 'positive', 'bias'),
  LayerNormalization: ({scale, center}) => [scale !== false && 'gamma', center !== false && 'beta'],
  BatchNormalization: ({scale, center}) => [
    scale !== false && 'gamma',
    center !== false && 'beta',
    'moving_mean',
    'moving_variance',
  ],
  WHTProjection: ({trainable_signs, use_bias}) => [trainable_signs === true && 'signs', use_bias === true && 'bias'],
};

function named(classNames: string[], ...weights: string[]) {
  return Object.fromEntries(classNames.map((className) => [className, () => weights]));
}

/** `layer/weight` of the path of a weight: of the names of models and layers, or of the folders of a .keras file. */
function weightName(path: string, leaves: Leaves, who: string): string {
  const numbered = /^(?<folder>(?:layers\/\w+\/)+)(?<part>\w+\/)?vars\/(?<index>\d+)$/.exec(path)?.groups;
  if (numbered) {
    const {folder, part, index} = numbered;
    const leaf = leaves.byFolder.get(folder);
    // The slopes of a projection's pair are a part of it, the cell of a recurrent layer is all of it.
    const names = NUMBERED[part === 'pair/' ? 'ReLUPair' : (leaf?.className ?? '')]?.(leaf!.config).filter(Boolean);
    const name = names?.[Number(index)];
    if (leaf && name) return `${leaf.name}/${name}`;
    const fix = 'Save it as .h5 before you convert it, or by tfjs_piecewise_keras.save_model.';
    fail(who, 'every weight must be that of a layer whose weights are known', path, fix);
  }
  const parts = path.split('/');
  const last = parts.pop()!;
  const leaf = parts.reverse().flatMap((name) => leaves.byName.get(name) ?? [])[0];
  return leaf ? `${leaf.name}/${WEIGHTS[leaf.className]?.[last] ?? last}` : path;
}
