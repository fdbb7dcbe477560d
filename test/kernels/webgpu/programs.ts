import * as tf from '@tensorflow/tfjs';
import type {WebGPUBackend} from '../../../src/kernels/webgpu/backend';

export const backend = () => tf.backend() as unknown as WebGPUBackend;

export interface Traffic {
  dispatches: number;
  /** Bytes of the inputs and outputs of all programs; a tensor counts as often as a program has it. */
  bytes: number;
}

/** What a computation would cost: its programs are counted, not run. */
export function trafficOf(compute: () => tf.TensorContainer): Traffic {
  const traffic = {dispatches: 0, bytes: 0};
  const spy = jest
    .spyOn(backend(), 'runWebGPUProgram')
    .mockImplementation((_program, inputs, _dtype, _uniforms, output) => {
      traffic.dispatches++;
      for (const {shape} of [...inputs, output]) traffic.bytes += 4 * tf.util.sizeFromShape(shape);
      return output;
    });
  try {
    tf.dispose(tf.tidy(compute));
  } finally {
    spy.mockRestore();
  }
  return traffic;
}

/** Runs the tests of the calling block on a device that has some limits lower than its own. */
export function useLimits(lower: Partial<Record<keyof GPUSupportedLimits, number>>): void {
  let own: object;
  const replace = (limits: object) =>
    Object.defineProperty(backend().device, 'limits', {value: limits, configurable: true});
  beforeAll(() => {
    own = backend().device.limits;
    replace(new Proxy(own, {get: (_, name) => Reflect.get(lower, name) ?? Reflect.get(own, name)}));
  });
  afterAll(() => {
    replace(own);
  });
}
