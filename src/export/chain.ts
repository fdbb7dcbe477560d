import type * as tf from '@tensorflow/tfjs';
import {fail} from '../errors';
import type {Shape} from '../tfjs';

export interface Link {
  layer: tf.layers.Layer;
  inputShape: Shape;
}

/** The layers of a model from its input to its output, if each feeds the next and nothing else. */
export function chainOf(model: tf.LayersModel): Link[] {
  if (model.outputs.length !== 1 || model.inputs.length !== 1) {
    refuse(`model ${model.name}`, `${model.inputs.length} inputs and ${model.outputs.length} outputs`);
  }
  const links: Link[] = [];
  for (let at = model.outputs[0]; at !== model.inputs[0]; at = at.inputs[0]) {
    const {sourceLayer: layer, inputs} = at;
    if (inputs.length !== 1) refuse(`layer ${layer.name} (${layer.getClassName()})`, `${inputs.length} inputs`);
    links.unshift({layer, inputShape: inputs[0].shape});
  }
  return links;
}

function refuse(who: string, received: string): never {
  fail(
    `toDense, ${who}`,
    'the layers must be a chain, one input and one output each',
    received,
    'Convert the branches one by one, as models of their own.',
  );
}
