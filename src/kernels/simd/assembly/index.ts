/**
 * AssemblyScript: what the module exports. `npm run build:wasm` writes it to ../module_bytes.ts.
 *
 * The comments `@ts-ignore: decorator` in this folder are for editors only: TypeScript allows no decorator on a function,
 * AssemblyScript has `@inline`.
 */

export {reluPair} from './relu_pair';
export {reluPairGradient} from './relu_pair_gradient';
export {triangleWave, triangleWaveScratch} from './triangle_wave';
export {triangleWaveGradient, triangleWaveGradientScratch} from './triangle_wave_gradient';
export {walshHadamard} from './walsh_hadamard';
export {whtReLUPairGradient, whtReLUPairGradientScratch} from './wht_relu_pair_gradient';
