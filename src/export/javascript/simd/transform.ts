import {type Address, Body, I32, type Local, V128} from './assembler';
import {FLOAT, LANES, moved, VECTOR} from './loops';

/** Levels that one pass does: more vectors than these would not fit into the registers. */
const MAX_LEVELS = 3;

/** The transforms in place of rows of n numbers, four or more, from an address on that is the parameter. */
export function transformOf(n: number, rows: number): Body {
  const body = new Body(1);
  const first = Math.min(n / LANES, 4);
  pass(body, rows * n, first, LANES, true);
  let levels = Math.log2(n / LANES / first);
  for (let h = first * LANES; levels > 0; ) {
    const own = Math.ceil(levels / Math.ceil(levels / MAX_LEVELS));
    pass(body, rows * n, 2 ** own, h, false);
    h *= 2 ** own;
    levels -= own;
  }
  return body;
}

/** The levels between vectors that lie h numbers apart; the first pass begins with those inside of each vector. */
function pass(body: Body, count: number, vectors: number, h: number, isFirst: boolean): void {
  const start: Local = 0;
  body.with(2, I32, (block, at) =>
    body.with(isFirst ? 2 : 0, V128, (...signs) => {
      if (isFirst) {
        body.vector(1, -1, 1, -1);
        body.set(signs[0]);
        body.vector(1, 1, -1, -1);
        body.set(signs[1]);
      }
      body.get(start);
      body.set(block);
      body.repeat(count / (vectors * h), [[block, FLOAT * vectors * h]], () => {
        body.get(block);
        body.set(at);
        body.repeat(h / LANES, [[at, VECTOR]], () =>
          butterflies(body, vectors, {at: 0, terms: [[at, 1]]}, FLOAT * h, signs),
        );
      });
    }),
  );
}

function butterflies(body: Body, vectors: number, from: Address, apart: number, signs: readonly Local[]): void {
  body.with(vectors, V128, (...all) => {
    for (const [i, vector] of all.entries()) {
      body.load('v128.load', moved(from, i * apart));
      body.set(vector);
      // a + b and a - b are the other number of each pair, and the own one with a sign.
      for (const [level, sign] of signs.entries()) {
        body.shuffled(vector, level === 0 ? [1, 0, 3, 2] : [2, 3, 0, 1]);
        body.get(vector, sign);
        body.op('f32x4.mul', 'f32x4.add');
        body.set(vector);
      }
    }
    for (let distance = 1; distance < vectors; distance *= 2) {
      for (const [i, a] of all.entries()) {
        if (i & distance) continue;
        const b = all[i + distance];
        body.get(a, b);
        body.op('f32x4.add');
        body.get(a, b);
        body.op('f32x4.sub');
        body.set(b);
        body.set(a);
      }
    }
    for (const [i, vector] of all.entries()) body.store(moved(from, i * apart), vector, LANES);
  });
}
