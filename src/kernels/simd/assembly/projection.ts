/** AssemblyScript: what the module of the projection exports. `npm run build:wasm` writes it to ../projection_bytes.ts. */

export {expandedWalshHadamard} from './expanded_walsh_hadamard';
export {reluPair} from './relu_pair';
export {reluPairGradient} from './relu_pair_gradient';
export {selectedWalshHadamard, spreadWalshHadamard} from './selected_walsh_hadamard';
export {walshHadamard} from './walsh_hadamard';
export {whtReLUPairBackward} from './wht_relu_pair';
