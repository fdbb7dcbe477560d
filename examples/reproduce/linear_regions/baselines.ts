/** Networks as they are usually started. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {type Population, populationOf} from './population';

/** The initializer of a layer's kernel, and with `fanIn` that of its bias. */
export type Start = (args: {seed: number; fanIn?: number}) => pw.initializers.TorchLinear | pw.initializers.RAI;

export const STARTS = {default: pw.initializers.torchLinear, RAI: pw.initializers.rai} satisfies Record<string, Start>;

/** `networks` networks of one input and one output, with a ReLU after the output as the paper's means need it. */
export function started(
  start: Start,
  {
    networks,
    width,
    depth,
    seed,
    outputReLU,
  }: {
    networks: number;
    width: number;
    depth: number;
    seed: number;
    outputReLU: boolean;
  },
): Population {
  const sizes = [1, ...new Array<number>(depth).fill(width), 1];
  const layers = sizes.slice(1).map((units, i) => {
    const [inputs, own] = [sizes[i], 1000 * seed + i];
    return tf.tidy(() => {
      // As one wide layer, whose units are then dealt out.
      const kernel = start({seed: own}).apply([inputs, networks * units]);
      const bias = start({seed: own, fanIn: inputs}).apply([networks * units]);
      return [
        tf.transpose(tf.reshape(kernel, [inputs, networks, units]), [1, 0, 2]),
        tf.reshape(bias, [networks, 1, units]),
      ];
    });
  });
  return populationOf(
    layers.map(([kernel]) => kernel),
    layers.map(([, bias]) => bias),
    outputReLU,
  );
}
