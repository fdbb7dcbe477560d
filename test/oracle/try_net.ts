/** One random network along a segment, and in a window, against the instruments. */

import {analysis} from 'tfjs-piecewise';
import {flood} from './flood';
import {Draw} from './random/draw';
import {randomNet} from './random/net';
import {SEGMENTS, WINDOWS} from './random/places';
import {readModel} from './read_model';
import {TooMany, walk} from './walk';

/** Cells that the checker follows; a network that has more is passed over. */
const MOST = {segment: 120, window: 60};

/** A number below this share of its terms is 0 for the instruments (2^-42, as they say), or near to it. */
const NEAR = 2 ** -40;

/** Places of breakpoints are good to this share, if the numbers that decide are as large as their terms. */
const PLACE = 2 ** -44;

/** What is refused for good reasons, with these words. */
const REFUSED = /doubles do not tell|that doubles hold/;

/** An answer of an instrument about a network. */
export interface Answer {
  seed: number;
  /** Classes of layers, and which kinds of weights and places it was asked for. */
  kinds: string[];
  /** What is wrong with it, and where; '' if nothing is. */
  wrong: string;
  /** It is wrong or refused, but the truth hangs on numbers that doubles need not tell from 0, or do not hold. */
  isNear: boolean;
  /** Whether the instrument says that it is exact. */
  isExact: boolean;
}

/** The answers that were compared. Seeds next to each other have nothing in common. */
export async function tryNet(seed: number): Promise<Answer[]> {
  const {model, inputShape, kinds} = randomNet(seed);
  const draw = new Draw(seed ^ 0x5bd1e995);
  const network = readModel(model);
  const answers: Answer[] = [];

  async function compare<Place>(
    own: string[],
    place: Place,
    find: (measureMargin: boolean) => Findings,
    ask: () => Promise<Findings>,
  ): Promise<void> {
    const all = [...kinds, ...own];
    const expected = within(() => find(false));
    if (!expected) return;
    const {difference, off = Infinity, exact} = await differenceTo(expected, ask);
    const margin = difference ? find(true).margin! : 1;
    if (off < PLACE / margin) return void answers.push({seed, kinds: all, wrong: '', isNear: false, isExact: exact});
    const wrong =
      difference && `${JSON.stringify(place)}: ${difference} (2^${Math.log2(margin).toFixed(0)} of its terms)`;
    answers.push({seed, kinds: all, wrong, isNear: margin < NEAR || REFUSED.test(difference), isExact: exact});
  }

  const dimension = inputShape.reduce((product, n) => product * n, 1);
  const [segmentKind, windowKind] = [SEGMENTS, WINDOWS].map((all) => draw.oneOf(Object.keys(all)));
  const segment = SEGMENTS[segmentKind](draw, dimension);
  await compare(
    ['segments', `segment: ${segmentKind}`],
    segment,
    (measureMargin) => walk(network, segment.from, segment.to, {most: MOST.segment, measureMargin}),
    () => analysis.countLinearRegions(model, segment),
  );
  if (dimension > 1 && draw.chance(0.3)) {
    const window = WINDOWS[windowKind](draw, inputShape);
    await compare(
      ['windows', `window: ${windowKind}`],
      window,
      (measureMargin) => flood(network, window, {most: MOST.window, measureMargin}),
      () => analysis.linearRegions2d(model, window),
    );
  }
  model.dispose();
  return answers;
}

interface Findings {
  regions: number;
  activationCells: number;
  breakpoints?: number[];
  margin?: number;
  exact?: boolean;
}

/** What the checker finds, unless that is too much to follow. */
function within(find: () => Findings): Findings | null {
  try {
    return find();
  } catch (error) {
    if (error instanceof TooMany) return null;
    throw error;
  }
}

/** What an instrument says that is not so; `off` is how far from their places breakpoints are, if that is all. */
async function differenceTo(
  expected: Findings,
  ask: () => Promise<Findings>,
): Promise<{difference: string; off?: number; exact: boolean}> {
  let actual: Findings;
  try {
    actual = await ask();
  } catch (error) {
    return {difference: (error as Error).message, exact: true};
  }
  const counts = (['regions', 'activationCells'] as const).filter((name) => actual[name] !== expected[name]);
  if (counts.length > 0) {
    const difference = counts.map((name) => `${actual[name]} ${name}, true ${expected[name]}`).join('; ');
    return {difference, exact: actual.exact!};
  }
  const off = Math.max(0, ...(actual.breakpoints ?? []).map((t, i) => Math.abs(t - expected.breakpoints![i])));
  return {difference: off < PLACE ? '' : `breakpoints off by ${off}`, off, exact: actual.exact!};
}
