/** AssemblyScript: what the module of the waves exports. `npm run build:wasm` writes it to ../waves_bytes.ts. */

export {triangleWave} from './triangle_wave';
export {triangleWaveGradient} from './triangle_wave_gradient';
