import * as tf from '@tensorflow/tfjs';
import {KERNELS, useAllOps} from './kernels';
import {KERNEL_OF, useSelections} from './selections';

const NAMES = [...KERNELS, ...new Set(Object.values(KERNEL_OF))];

/** Puts the portable forms into the place of all native kernels of the active backend that have one, and those back. */
export interface Switch {
  has(kernelName: string): boolean;
  enter(): void;
  leave(): void;
}

function useAll(): void {
  useAllOps();
  useSelections();
}

/** The portable form of a kernel is registered by the first use of its op where there is no other. */
export function portableSwitch(): Switch {
  const backend = tf.getBackend();
  const current = () => NAMES.map((name) => tf.getKernel(name, backend)).filter((kernel) => kernel);
  const use = (kernels: tf.KernelConfig[]) => {
    for (const kernel of kernels) {
      if (tf.getKernel(kernel.kernelName, backend)) tf.unregisterKernel(kernel.kernelName, backend);
      tf.registerKernel(kernel);
    }
  };
  useAll();
  const native = current();
  for (const {kernelName} of native) tf.unregisterKernel(kernelName, backend);
  useAll();
  const portable = current();
  use(native);
  const has = (name: string) => portable.some(({kernelName}) => kernelName === name);
  return {has, enter: () => use(portable), leave: () => use(native)};
}
