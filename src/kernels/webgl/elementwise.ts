import type {TensorInfo} from '@tensorflow/tfjs';
import {as, type Inputs, runShader, type WebGLBackend} from './backend';
import {packedView} from './view';

/**
 * One output of the shape of the operands, element by element. `code` defines
 * `float element(float x, ..., int k)` of the elements of all operands at the flat index k.
 */
export function elementwise(backend: WebGLBackend, operands: Inputs, vectors: Inputs, code: string): TensorInfo {
  const [{shape}] = Object.values(operands);
  const view = packedView(shape);
  const [, rows, columns] = view;
  const names = Object.keys(operands);
  const texels = names.map((name) => `vec4 ${name}At = get${name[0].toUpperCase()}${name.slice(1)}(p.x, p.y, p.z);`);
  const element = (channel: string, offset: number) =>
    `element(${names.map((name) => `${name}At.${channel}`)}, k + ${offset})`;
  const main = `
    ${code}
    void main() {
      ivec3 p = getOutputCoords();
      int k = (p.x * ${rows} + p.y) * ${columns} + p.z;
      ${texels.join(' ')}
      setOutput(vec4(${element('r', 0)}, ${element('g', 1)}, ${element('b', columns)}, ${element('a', columns + 1)}));
    }`;
  const views = Object.fromEntries(Object.entries(operands).map(([name, tensor]) => [name, as(tensor, view)]));
  return as(runShader(backend, view, main, {...views, ...vectors}), shape);
}
