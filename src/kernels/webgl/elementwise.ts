import type {TensorInfo} from '@tensorflow/tfjs';
import {type Inputs, reshaped, runShader, type WebGLBackend} from './backend';
import {reader, texelOf} from './glsl';
import {packedView} from './view';

/**
 * One output of the shape of the operands, element by element. `code` defines
 * `float element(float x, ..., int k)` of the elements of all operands at the flat index k.
 */
export function elementwise(backend: WebGLBackend, operands: Inputs, vectors: Inputs, code: string): TensorInfo {
  const [{shape}] = Object.values(operands);
  const view = packedView(shape);
  const [, rows, columns] = view;
  const views: Inputs = {};
  let texels = '';
  for (const [name, tensor] of Object.entries(operands)) {
    views[name] = reshaped(tensor, view);
    texels += `vec4 ${name} = ${reader(name)}(p.x, p.y, p.z);`;
  }
  const offsets = [0, 1, columns, columns + 1];
  const elements = texelOf(
    (channel, i) => `element(${Object.keys(operands).map((name) => `${name}.${channel}`)}, k + ${offsets[i]})`,
  );
  const main = `
    ${code}
    void main() {
      ivec3 p = getOutputCoords();
      int k = (p.x * ${rows} + p.y) * ${columns} + p.z;
      ${texels}
      setOutput(${elements});
    }`;
  return reshaped(runShader(backend, view, main, {...views, ...vectors}), shape);
}
