import {pathToFileURL} from 'node:url';
import * as tf from '@tensorflow/tfjs';

export const BACKENDS = ['cpu', 'wasm', 'tensorflow', 'webgpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

export interface Started {
  /** What a reader of the numbers must know. */
  note?: string;
  /** On a GPU a call returns before the work is done. */
  settle?: () => Promise<unknown>;
  /** Version of the native library, where there is one. */
  version?: string;
}

interface Found {
  name: string;
  present: boolean;
  reason?: string;
  icd?: string;
}

const {resolveIn} = require('../scripts/setup/packages.cjs') as {resolveIn(set: string, name: string): string};

function find(name: BackendName): Found {
  const {findBackends} = require('../scripts/setup/backends.cjs') as {findBackends(): Found[]};
  return findBackends().find((backend) => backend.name === name)!;
}

/** Why this machine cannot run a backend; undefined if it can. */
export const whyMissing = (name: BackendName): string | undefined => find(name).reason;

/** Makes a backend the active one; throws if this machine cannot. `systemDriver`: SwiftShader only where there is no GPU. */
export async function start(name: BackendName, {systemDriver = false} = {}): Promise<Started> {
  const found = find(name);
  if (!found.present) throw new Error(found.reason);
  if (name === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
  if (name === 'tensorflow') await import('tfjs-piecewise/tfjs-node');
  if (name === 'webgpu') await shimWebGpu(found.icd, systemDriver);
  if (!(await tf.setBackend(name))) throw new Error('it did not start');
  if (name === 'tensorflow') {
    return {version: (tf.backend() as unknown as {binding: {TF_Version: string}}).binding.TF_Version};
  }
  return name === 'webgpu' ? describeGpu() : {};
}

/** The npm package webgpu. */
interface Dawn {
  create(options: string[]): GPU;
  globals: object;
}

/** WebGPU in Node, before tfjs's backend looks for it. */
async function shimWebGpu(icd: string | undefined, systemDriver: boolean): Promise<void> {
  const {create, globals} = (await import(pathToFileURL(resolveIn('webgpu', 'webgpu')).href)) as Dawn;
  Object.assign(globalThis, globals); // tfjs asks `instanceof GPUBuffer`
  const vulkan = () => create(['backend=vulkan']);
  let gpu = systemDriver ? vulkan() : undefined;
  if (!(await gpu?.requestAdapter())) {
    if (icd) process.env.VK_ICD_FILENAMES ??= icd;
    gpu = vulkan();
  }
  Object.defineProperty(globalThis, 'navigator', {value: {gpu}, configurable: true, writable: true});
  await import('@tensorflow/tfjs-backend-webgpu');
}

function describeGpu(): Started {
  tf.env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', 1); // or the last calls would wait for more
  const {device, adapterInfo} = tf.backend() as unknown as {device: GPUDevice; adapterInfo: GPUAdapterInfo};
  const driver = `${adapterInfo.vendor} ${adapterInfo.architecture}`;
  return {
    note: /swiftshader/i.test(driver) ? 'SwiftShader, a driver in software: no speed claim' : driver,
    settle: () => device.queue.onSubmittedWorkDone(),
  };
}

/** Lets the process end: Dawn lives as long as this reference. */
export function stopGpu(): void {
  if ('navigator' in globalThis) Reflect.deleteProperty(globalThis, 'navigator');
}
