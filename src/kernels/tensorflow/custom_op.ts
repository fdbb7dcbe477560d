import type * as tf from '@tensorflow/tfjs';
import type {KernelFunction} from '../../engine';
import {findAddon} from './addon';
import type {TensorFlowBackend} from './backend';

/** How TensorFlow knows our op: its inputs by their order, its attributes by their kind. */
interface Signature {
  inputs: string[];
  attributes: {[name: string]: 'INT' | 'FLOAT' | 'BOOL'};
  outputs: number;
}

/** The kernel as an op of our own; without it, `fallback`. */
export function customOp(kernelName: string, signature: Signature, fallback: KernelFunction): KernelFunction {
  const kinds = Object.entries(signature.attributes).map(([name, kind]) => ({name, kind: `TF_ATTR_${kind}` as const}));
  return (call) => {
    const backend = call.backend as TensorFlowBackend;
    const {addon} = findAddon(backend);
    if (!addon) return fallback(call);
    const attrs = call.attrs as {[name: string]: number | boolean};
    const attributes = kinds.map(({name, kind}) => ({name, type: backend.binding[kind], value: attrs[name]}));
    // An op has all of its inputs: x stands for one that is missing.
    const inputs = signature.inputs.map((name) => (call.inputs[name] ?? call.inputs.x) as tf.TensorInfo);
    const op = addon.prefix + kernelName;
    return signature.outputs === 1
      ? backend.executeSingleOutput(op, attributes, inputs)
      : backend.executeMultipleOutputs(op, attributes, inputs, signature.outputs);
  };
}
