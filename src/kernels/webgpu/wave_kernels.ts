/** The kernels of the waves, by their names: a line for each file. */

export {triangleWave as TriangleWave, triangleWaveGradient as TriangleWaveGradient} from './triangle_wave';
