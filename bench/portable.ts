import * as tf from '@tensorflow/tfjs';
import {KERNELS, useAllOps} from './kernels';
import {KERNEL_OF, useSelections} from './selections';

const NAMES = [...KERNELS, ...new Set(Object.values(KERNEL_OF))];

/** Puts the portable forms into the place of all native kernels of the active backend, and those back. */
export interface Switch {
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
  const current = () => NAMES.map((name) => tf.getKernel(name, backend));
  const use = (kernels: tf.KernelConfig[]) => {
    for (const kernel of kernels) {
      if (tf.getKernel(kernel.kernelName, backend)) tf.unregisterKernel(kernel.kernelName, backend);
      tf.registerKernel(kernel);
    }
  };
  useAll();
  const native = current();
  for (const name of NAMES) tf.unregisterKernel(name, backend);
  useAll();
  const portable = current();
  use(native);
  return {enter: () => use(portable), leave: () => use(native)};
}
