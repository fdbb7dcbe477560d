import {env, type TensorInfo, util} from '@tensorflow/tfjs';
import {fail} from '../../errors';
import {type Inputs, reshaped, runShader, type WebGLBackend, zeros} from './backend';
import {texelOf} from './glsl';

/** Each element of y looks up its own in x: a shader cannot write to other places than its own. */
export function takeUnits(backend: WebGLBackend, {x, indices}: Inputs, {axis}: {axis: number}): TensorInfo {
  const [n, count] = [x.shape[axis], indices.shape[0]];
  requireWholeIndices(n);
  const shape = x.shape.map((size, i) => (i === axis ? count : size));
  if (util.sizeFromShape(shape) === 0) return zeros(backend, {...x, shape});
  const outer = util.sizeFromShape(shape.slice(0, axis));
  const inner = util.sizeFromShape(shape.slice(axis + 1));
  const view = (units: number) => (inner === 1 ? [1, outer, units] : [outer, units, inner]);
  const [from, to] = inner === 1 ? ['c', 'r, u'] : ['r', 'u, c'];
  const places = ['p.y, p.z', 'p.y, p.z + 1', 'p.y + 1, p.z', 'p.y + 1, p.z + 1'];
  const code = `
    float element(int m, int r, int c) {
      int k = ${from};
      if (k >= ${count}) return 0.;
      int u = int(getChannel(getIndices(k), k));
      return u < ${n} ? getChannel(getX(m, ${to}), vec2(${to})) : 0.;
    }
    void main() {
      ivec3 p = getOutputCoords();
      setOutput(${texelOf((_, i) => `element(p.x, ${places[i]})`)});
    }`;
  return reshaped(runShader(backend, view(count), code, {x: reshaped(x, view(n)), indices}), shape);
}

/** Textures of 16 bits hold whole numbers to 2048, and with them the indices. */
function requireWholeIndices(n: number): void {
  if (n > 2048 && !env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) {
    const fix = 'Take all units of the transform, or another backend: tf.setBackend.';
    fail('TakeUnits', `units of an axis of ${n} need a backend that computes in float32`, 'one of float16', fix);
  }
}
