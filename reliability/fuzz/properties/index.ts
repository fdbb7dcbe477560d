import type {Property} from '../property';
import {denseProperty} from './dense';
import {layerMisuseProperty} from './layer_misuse';
import {layersProperty} from './layers';
import {misuseProperty} from './misuse';
import {reluPairProperty} from './relu_pair';
import {softmaxCrossEntropyProperty} from './softmax_cross_entropy';
import {triangleWaveProperty} from './triangle_wave';
import {walshHadamardProperty} from './walsh_hadamard';
import {whtProjectionProperty} from './wht_projection';
import {whtReLUPairProperty} from './wht_relu_pair';

export const PROPERTIES: readonly Property[] = [
  walshHadamardProperty,
  reluPairProperty,
  whtReLUPairProperty,
  triangleWaveProperty,
  softmaxCrossEntropyProperty,
  whtProjectionProperty,
  denseProperty,
  layersProperty,
  misuseProperty,
  layerMisuseProperty,
];
