/** The kernels of the waves, by their names: a line for each file. */

export {TriangleWave, TriangleWaveGradient} from './triangle_wave';
