import {expansionOf} from './expansion';
import type {ProjectionModule} from './modules';
import type {Planner} from './plan';

/** Values of whole rows that are transformed at a time: they stay in the nearest cache. */
const ROWS = 4096;

/** The shortest part of a row that is transformed at a time. */
const CHUNK = 2048;

/** Values of a chunk for each index: to read one there takes about as long as to transform so many. */
const SHARE = 48;

type Attrs = {axis: number; scale: number; transposed: boolean};

export const selectedWalshHadamard: Planner<ProjectionModule> = (native, {x, signs, indices, offset}, attrs) => {
  const {axis, scale, transposed} = attrs as unknown as Attrs;
  const expansion = expansionOf(x, signs, attrs, offset);
  const [outer, n, inner] = expansion.blocks;
  const [count] = indices.shape;
  const chunk = inner > 1 ? n : chunkFor(n, count);
  const rows = chunk < n ? 1 : Math.max(1, Math.min(outer, Math.floor(ROWS / (n * inner))));
  return {
    inputs: [x, signs, indices, ...expansion.offset],
    outputs: [x.shape.map((size, i) => (i !== axis ? size : transposed ? n : count))],
    // `clear` takes whole vectors.
    scratch: 16 * Math.ceil((rows * chunk * inner) / 4) + 16 * Math.ceil(count / 2),
    run: ([from, diagonal, units, moved], [to], scratch) => {
      const sizes = [...expansion.blocks, scale, diagonal, units, count, chunk, rows, scratch] as const;
      if (transposed) native.spreadWalshHadamard(from, to, ...sizes);
      else native.selectedWalshHadamard(from, to, ...sizes, ...expansion.at(moved));
    },
  };
};

/** Each chunk is read at every index: so the more indices, the fewer chunks. */
function chunkFor(n: number, count: number): number {
  let chunk = CHUNK;
  while (chunk < SHARE * count) chunk *= 2;
  return Math.min(n, chunk);
}
