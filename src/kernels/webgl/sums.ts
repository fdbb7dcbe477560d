import type {TensorInfo} from '@tensorflow/tfjs';
import {type Inputs, runShader, type WebGLBackend} from './backend';

/**
 * Two sums for each of some units: one shader sums blocks of the terms, another the blocks, so that no chain of additions is
 * longer than the root of their number. `code` defines `vec4 term(int m, int t, int u)`: of the m-th matrix, what its t-th
 * and next row (or column, out of `length`) add to the first sums of the units u and u + 1, then to the second sums of both.
 */
export function twoSums(
  backend: WebGLBackend,
  inputs: Inputs,
  code: string,
  matrices: number,
  length: number,
  units: number,
): TensorInfo[] {
  const texels = Math.ceil(length / 2);
  const count = matrices * texels;
  const block = Math.ceil(Math.sqrt(count));
  const blocks = Math.ceil(count / block);
  const ofBlocks = `
    ${code}
    void main() {
      ivec2 p = getOutputCoords();
      int q = p.x / 2 * ${block};
      vec4 sum = vec4(0.);
      for (int i = 0; i < ${block}; i++) {
        if (q < ${count}) sum += term(q / ${texels}, 2 * imod(q, ${texels}), p.y);
        q++;
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
  const sums = [total('rg'), total('ba')];
  backend.disposeIntermediateTensorInfo(partial);
  return sums;
}
