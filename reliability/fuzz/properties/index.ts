import type {Property} from '../property';
import {layerMisuseProperty} from './layer_misuse';
import {layersProperty} from './layers';
import {misuseProperty} from './misuse';
import {reluPairProperty} from './relu_pair';
import {triangleWaveProperty} from './triangle_wave';
import {walshHadamardProperty} from './walsh_hadamard';
import {whtReLUPairProperty} from './wht_relu_pair';

export const PROPERTIES: readonly Property[] = [
  walshHadamardProperty,
  reluPairProperty,
  whtReLUPairProperty,
  triangleWaveProperty,
  layersProperty,
  misuseProperty,
  layerMisuseProperty,
];
