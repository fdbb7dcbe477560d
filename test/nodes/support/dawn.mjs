// Before a program that runs tfjs's backend webgpu in Node: WebGPU from the npm package that the variable DAWN names.
import {pathToFileURL} from 'node:url';

const {create, globals} = await import(pathToFileURL(process.env.DAWN).href);
Object.assign(globalThis, globals); // tfjs asks `instanceof GPUBuffer`
Object.defineProperty(globalThis, 'navigator', {value: {gpu: create(['backend=vulkan'])}, configurable: true});
