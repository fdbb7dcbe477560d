import * as tf from '@tensorflow/tfjs';
import {oneLayerInside, twoLayersInside} from '../../tfjs_internals';
import type {Converter} from './part';
import {copyStandard} from './standard_layer';

/** A wrapper around each of the layers that the one inside becomes. */
export const convertTimeDistributed: Converter<tf.layers.Layer> = (wrapper, [batch, , ...sizes], convert) => {
  const parts = convert(oneLayerInside(wrapper), [batch, ...sizes]);
  return parts.map(({layer, weights}) => {
    const name = parts.length === 1 ? wrapper.name : `${wrapper.name}_${layer.name}`;
    return {layer: tf.layers.timeDistributed({layer, name}), weights};
  });
};

/** One around a layer that is not standard is refused: parts in a row would not keep its states. */
export const convertBidirectional: Converter<tf.layers.Layer> = (wrapper, inputShape, convert) => {
  convert(twoLayersInside(wrapper).forward, inputShape);
  return copyStandard(wrapper, inputShape, convert);
};
