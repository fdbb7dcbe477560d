/** AssemblyScript: what the module of the optimizers exports. `npm run build:wasm` writes it to ../optimizers_bytes.ts. */

export {adamW} from './adam_w';
