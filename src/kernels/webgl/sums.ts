import type {TensorInfo} from '@tensorflow/tfjs';
import {type Inputs, runShader, type WebGLBackend} from './backend';

/**
 * Two sums for each of some units: one shader sums blocks of the terms, another the blocks, so that no chain of additions is
 * longer than the root of their number. `code` defines `vec4 term(int q, int u)`: the q-th of `count` terms, as the first
 * sums of the units u and u + 1, then the second sums of both.
 */
export function twoSums(
  backend: WebGLBackend,
  inputs: Inputs,
  code: string,
  count: number,
  units: number,
): [TensorInfo, TensorInfo] {
  const block = Math.ceil(Math.sqrt(count));
  const blocks = Math.ceil(count / block);
  const ofBlocks = `
    ${code}
    void main() {
      ivec2 p = getOutputCoords();
      int start = p.x / 2 * ${block};
      vec4 sum = vec4(0.);
      for (int i = 0; i < ${block}; i++) {
        if (start + i < ${count}) sum += term(start + i, p.y);
      }
      setOutput(sum);
    }`;
  const partial = runShader(backend, [2 * blocks, units], ofBlocks, inputs);
  const total = (channels: string) => {
    const ofAll = `
      void main() {
        int u = getOutputCoords();
        vec4 sum = vec4(0.);
        for (int i = 0; i < ${blocks}; i++) sum += getPartial(2 * i, u);
        setOutput(vec4(sum.${channels}, 0., 0.));
      }`;
    return runShader(backend, [units], ofAll, {partial});
  };
  const sums: [TensorInfo, TensorInfo] = [total('rg'), total('ba')];
  backend.disposeIntermediateTensorInfo(partial);
  return sums;
}
