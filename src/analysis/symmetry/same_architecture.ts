import type {Network} from './network';

/** What of a layer's config does not change the function that its weights make. */
const IRRELEVANT = /^(name|trainable|batchInputShape|dtype|.*Initializer|.*Regularizer|.*Constraint|initializer|rate)$/;

/** Why two networks cannot be compared weight by weight, or null if they can. */
export function differenceOf(a: Network, b: Network): string | null {
  const [kinds, others] = [a, b].map(({weights}) =>
    weights.map(({layer}) => layer).filter((layer) => layer.getClassName() !== 'InputLayer'),
  );
  if (kinds.length !== others.length) return `${kinds.length} and ${others.length} layers`;
  const i = kinds.findIndex((layer, k) => describe(layer) !== describe(others[k]));
  return i < 0 ? null : `${describe(kinds[i])} and ${describe(others[i])}`;
}

function describe(layer: Network['weights'][number]['layer']): string {
  const config = JSON.stringify(layer.getConfig(), (key, value) => (IRRELEVANT.test(key) ? undefined : value));
  return `${layer.getClassName()} ${config} [${layer.getWeights().map(({shape}) => `[${shape}]`)}]`;
}

/** All weights one after another. */
export function allWeights({weights}: Network): Float64Array[] {
  return weights.flatMap(({all}) => all.map(({data}) => data));
}
