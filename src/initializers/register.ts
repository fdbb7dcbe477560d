import * as tf from '@tensorflow/tfjs';
import {Given} from './given';
import {PeakConstant, PeakUniform} from './peaks';
import {RAI} from './rai';
import {TorchLinear} from './torch_linear';

/** Names that stand for an initializer without arguments, as 'glorotUniform' does. */
const NAMES = {peakConstant: PeakConstant, peakUniform: PeakUniform, rai: RAI, torchLinear: TorchLinear};

/** Makes all initializers known to `tf.loadLayersModel`, and their names to every layer, also those of tfjs. */
export function registerInitializers(): void {
  for (const initializer of [Given, PeakConstant, PeakUniform, RAI, TorchLinear]) {
    tf.serialization.registerClass(initializer);
  }
  const {classNameMap} = tf.serialization.SerializationMap.getMap();
  for (const [name, {className}] of Object.entries(NAMES)) classNameMap[name] = classNameMap[className];
}
