import * as path from 'node:path';

/** Images one after the other, standardized, and their classes. */
export interface Images {
  x: Float32Array;
  y: Uint8Array;
  count: number;
}

/**
 * Fashion-MNIST by the loader of the examples. The kernel compiles no file outside this folder; tsx does.
 */
export async function loadFashionMnist(): Promise<{train: Images; test: Images}> {
  const tsx = require('tsx/cjs/api') as {require(id: string, from: string): unknown};
  const loader = path.resolve('../examples/node/datasets/index.ts');
  const {loadDataset} = tsx.require(loader, path.resolve('any.ts')) as {
    loadDataset(name: string): Promise<{train: Images; test: Images}>;
  };
  return loadDataset('fashion-mnist');
}
