import {type Answer, tryNet} from './try_net';

/** What came of many networks. */
export interface Summary {
  nets: number;
  answers: number;
  wrong: Answer[];
  /** Answers that differ from the truth, but only by numbers that are below 2^-40 of their terms. */
  near: number;
  /** Answers that say themselves that they may not be exact. */
  unsure: number;
  /** From the kind that is wrong most often on. */
  kinds: KindCount[];
}

interface KindCount {
  kind: string;
  answers: number;
  wrong: number;
  near: number;
}

interface Options {
  runs: number;
  /** Seed of the first network; the others follow. */
  seed: number;
  onProgress?: (done: number) => void;
}

export async function tryNets({runs, seed, onProgress}: Options): Promise<Summary> {
  const all: Answer[] = [];
  for (let i = 0; i < runs; i++) {
    const answers = await tryNet(seed + i).catch((error: Error) => {
      throw new Error(`the checker fails for seed ${seed + i}: ${error.stack}`);
    });
    all.push(...answers);
    if (i % 100 === 99) onProgress?.(i + 1);
  }
  const isWrong = ({wrong, isNear, isExact}: Answer) => wrong !== '' && isExact && !isNear;
  const kinds = new Map<string, KindCount>();
  for (const answer of all) {
    for (const kind of answer.kinds) {
      const count = kinds.get(kind) ?? {kind, answers: 0, wrong: 0, near: 0};
      kinds.set(kind, count);
      count.answers++;
      if (isWrong(answer)) count.wrong++;
      if (answer.isNear) count.near++;
    }
  }
  return {
    nets: runs,
    answers: all.length,
    wrong: all.filter(isWrong),
    near: all.filter(({wrong, isNear, isExact}) => wrong !== '' && isExact && isNear).length,
    unsure: all.filter(({isExact}) => !isExact).length,
    kinds: [...kinds.values()].sort((a, b) => b.wrong / b.answers - a.wrong / a.answers),
  };
}

/** One wrong answer, and how to see it again. */
export const describe = ({seed, kinds, wrong}: Answer): string =>
  `${kinds.join(', ')}\n  ${wrong}\n  again: npm run reliability -- oracle --seed ${seed} --runs 1`;
