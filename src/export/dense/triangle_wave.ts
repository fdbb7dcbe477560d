import type {TriangleWave} from '../../layers/triangle_wave';
import {type Converter, densePart} from './part';
import {normParts, waveMaps} from './wave_layer';

/** `depth` dense ReLU layers of 4 units a channel, and a linear one. */
export const convertTriangleWave: Converter<TriangleWave> = (layer) => {
  const {name} = layer;
  const maps = waveMaps(layer);
  const output = maps.pop()!;
  return [
    ...normParts(layer),
    ...maps.map((map, i) => densePart(`${name}_hidden${i + 1}`, map, 'relu')),
    densePart(`${name}_output`, output),
  ];
};
