import * as tf from '@tensorflow/tfjs';
import type {RegionDense} from '../../layers/region_dense';
import type {ActivationIdentifier} from '../../tfjs_internals';
import {weightsOf} from '../source';
import {type Affine, type Converter, composed, densePart} from './part';
import {normParts, waveMaps} from './wave_layer';

/** `depth` dense ReLU layers of 4 units a subnet between the two linear maps, which become part of the first and last. */
export const convertRegionDense: Converter<RegionDense> = (layer) => {
  const {name} = layer;
  const {kernel, offset, mix, bias} = weightsOf(layer);
  const directions: Affine = {
    kernel: kernel as tf.Tensor2D,
    bias: (offset as tf.Tensor1D) ?? tf.zeros([layer.subnets]),
  };
  const maps = waveMaps(layer);
  const output = composed(maps.pop()!, {
    kernel: mix as tf.Tensor2D,
    bias: (bias as tf.Tensor1D) ?? tf.zeros([layer.units]),
  });
  const norm = normParts(layer);
  if (norm.length === 0) maps[0] = composed(directions, maps[0]);
  return [
    ...(norm.length > 0 ? [densePart(`${name}_directions`, directions), ...norm] : []),
    ...maps.map((map, i) => densePart(`${name}_hidden${i + 1}`, map, 'relu')),
    densePart(`${name}_output`, output, layer.getConfig().activation as ActivationIdentifier),
  ];
};
