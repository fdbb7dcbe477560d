/** Families of image networks, by budget of parameters: the largest of a design that the budget holds. */

import {type BlockOptions, countImageParameters, type ImageNetworkOptions, type Mixing} from './image_networks';

/** A recipe of sizes that fit a budget of parameters, or null where it has none. */
type Fit = (budget: number) => ImageNetworkOptions | null;

export interface ImageFamily {
  title: string;
  /** The best peak of a one-cycle rate in short runs, to look around. */
  learningRate: number;
  options: Fit;
}

const GREY_28 = {side: 28, classes: 10} as const;

/** The largest network of a width from 4 up that the budget holds. */
function widest(budget: number, of: (width: number) => ImageNetworkOptions): ImageNetworkOptions | null {
  let best: ImageNetworkOptions | null = null;
  for (let width = 4; ; width++) {
    const options = of(width);
    if (countImageParameters(options) > budget) return best;
    best = options;
  }
}

/** Four blocks, six from 40,000 parameters on; the second of them halves the positions. */
const even = (width: number, budget: number, block: Omit<BlockOptions, 'channels'>): BlockOptions[] =>
  Array.from({length: budget > 40_000 ? 6 : 4}, (_, i) => ({...block, channels: width, strides: i === 1 ? 2 : 1}));

/** Four blocks that are the wider the later. */
const growing = (width: number, mixing: [Mixing, Mixing, Mixing, Mixing]): BlockOptions[] =>
  mixing.map((kind, i) => ({
    mixing: kind,
    channels: width * [2, 2, 4, 4][i],
    strides: i === 1 ? 2 : 1,
    bendBefore: kind !== 'learned',
  }));

/** The largest network whose width is a power of two, of which a transform cuts nothing off. */
function widestPower(budget: number, of: (width: number) => ImageNetworkOptions): ImageNetworkOptions | null {
  let best: ImageNetworkOptions | null = null;
  for (let width = 4; countImageParameters(of(width)) <= budget; width *= 2) best = of(width);
  return best;
}

/** All blocks are of one width, mix by learned numbers, and add their input to their output. */
const learned =
  (activation: ImageNetworkOptions['activation']): Fit =>
  (budget) =>
    widest(budget, (width) => ({
      ...GREY_28,
      stem: 5,
      channels: width,
      blocks: even(width, budget, {mixing: 'learned', residual: true}),
      activation,
    }));

/** The blocks of the first MobileNet, of so many channels at the end, the wider the later as in the networks below. */
const mobile = (last: number): ImageNetworkOptions => ({
  ...GREY_28,
  stem: 4,
  channels: Math.round(last / 4),
  blocks: [2, 2, 1, 1].map((share, i) => ({
    mixing: 'learned',
    channels: Math.round(last / share),
    strides: i === 1 ? 2 : 1,
    bendBefore: true,
  })),
  activation: 'relu',
});

/** Blocks with pairs, after windows of 4 x 4 pixels. */
const paired = (width: number, blocks: BlockOptions[]): ImageNetworkOptions => ({
  ...GREY_28,
  stem: 4,
  channels: width,
  blocks,
  activation: 'pair',
});

/** All four blocks mix in one way, with a pair before and after it. */
const alike = (width: number, mixing: Mixing): ImageNetworkOptions =>
  paired(width, growing(width, [mixing, mixing, mixing, mixing]));

/** Families by name. */
export const IMAGE_FAMILIES = {
  depthwise: {
    title: 'depthwise CNN',
    learningRate: 0.03,
    options: learned('relu'),
  },
  mobile: {
    title: 'MobileNet blocks',
    learningRate: 0.06,
    options: (budget) => widest(budget, mobile),
  },
  pairs: {
    title: 'depthwise CNN with pairs',
    learningRate: 0.03,
    options: learned('pair'),
  },
  transform: {
    title: 'transform over channels',
    learningRate: 0.06,
    options: (budget) => widestPower(budget, (width) => alike(width, 'transform')),
  },
  mixture: {
    title: 'learned early, transform late',
    learningRate: 0.04,
    options: (budget) =>
      widest(budget, (width) => paired(width, growing(width, ['learned', 'learned', 'transform', 'transform']))),
  },
} satisfies {[name: string]: ImageFamily};

/** What else was tried: docs/guides/when_to_use.md says what came of it. */
export const IMAGE_VARIANTS = {
  signs: {
    title: 'transform with trained signs',
    learningRate: 0.06,
    options: (budget) => widestPower(budget, (width) => alike(width, 'signs')),
  },
  blocks: {
    title: 'learned blocks of 4, then transform',
    learningRate: 0.06,
    options: (budget) => widestPower(budget, (width) => alike(width, 'blocks')),
  },
  fixedStem: {
    title: 'transform, fixed windows first',
    learningRate: 0.06,
    options: (budget) => widestPower(budget, (width) => ({...alike(width, 'transform'), fixedStem: true})),
  },
  turns: {
    title: 'learned and transform by turns',
    learningRate: 0.04,
    options: (budget) =>
      widest(budget, (width) => {
        const blocks = even(width, budget, {mixing: 'learned', residual: true});
        return paired(
          width,
          blocks.map((block, i) => (i % 2 === 0 ? block : {...block, mixing: 'transform', bendBefore: true})),
        );
      }),
  },
} satisfies {[name: string]: ImageFamily};
