/** The parts of the reproduction: what each runs, and what it shows. */

import {checkBands} from './bands';
import {depthChart} from './charts';
import {depthSteps, errorByDepth} from './depth';
import {differenceSteps, fitDifference} from './difference';
import {classifyDigits, digitsEpochs} from './digits';
import {functionOf, type Options, type Part} from './options';
import {PAPER_DENSE, PAPER_SPARSE} from './paper';
import {fitPlane, planeSteps} from './plane';
import {bandTable, depthTable, differenceTable, digitsTable, methodTable, planeTable} from './report';
import {type Cell, METHODS, stepsOf, type TableOptions, TEST_POINTS, table} from './table';
import {convexTarget, TARGETS} from './targets';

export interface Section {
  title: string;
  notes: string;
  tables: string[];
  data: {[name: string]: unknown};
  figure?: {name: string; svg: string};
}

export interface Plan {
  title: string;
  /** How often `run` calls `onStep`. */
  steps: number;
  run(onStep: () => void): Promise<Section>;
}

const DEPTH = 5;
const SPARSE_POINTS = 10;
const CONVEX = TARGETS.slice(0, 2);

export function plansOf(options: Options): Plan[] {
  if (options.target !== undefined) return [ownTarget(options, options.target)];
  return options.parts.map((part) => PLANS[part](options));
}

const PLANS: {[part in Part]: (options: Options) => Plan} = {
  dense: (options) => {
    const {seeds, groups, steps, quick} = options;
    const common = {depth: DEPTH, steps, seed: 1, trainPoints: TEST_POINTS};
    // The bands need groups of runs of what they compare; the other methods have the paper's 30 runs.
    const parts: TableOptions[] = [
      {...common, targets: CONVEX, networks: groups * seeds, only: 'compared'},
      {...common, targets: CONVEX, networks: seeds, only: 'others'},
      ...(quick ? [] : [{...common, targets: TARGETS.slice(2), networks: seeds}]),
    ];
    const title = `One variable, ${TEST_POINTS} points`;
    return {
      title,
      steps: parts.reduce((sum, part) => sum + stepsOf(part), 0),
      run: async (onStep) => {
        const results = [];
        for (const part of parts) results.push(await table({...part, onStep}));
        const place = ({method}: Cell) => METHODS.indexOf(method);
        const cells = results.flatMap((result) => result.cells).sort((a, b) => place(a) - place(b));
        const fits = results.flatMap((result) => result.fits);
        const bands = checkBands(cells, seeds);
        return {
          title,
          notes:
            `Mean squared error of 4x5 networks after ${steps} steps a stage, ${seeds} runs as in the paper; default start, ` +
            `regions stage and tied method on x^3 and x^11 ${groups * seeds} runs, for the bands. The waves start from the ` +
            'chord of the data (pw.chordStart), and all their weights train. **That start looks at the data before ' +
            'training; the default start and RAI do not**, so that a part of the gap is the start\'s. "tied, blind start" ' +
            'leaves the look out: it starts from y = x, told only which way the target bends. "default, both stages" ' +
            'trains the default start as long as the two stages together. The bands are of groups of 30 runs at 1000 ' +
            'steps a stage.',
          tables: [methodTable(cells, PAPER_DENSE), bandTable(bands)],
          data: {cells, bands, fits},
        };
      },
    };
  },
  sparse: ({seeds, steps}) => {
    const part = {targets: TARGETS, networks: seeds, depth: DEPTH, steps, seed: 1, trainPoints: SPARSE_POINTS};
    const title = `One variable, ${SPARSE_POINTS} points`;
    return {
      title,
      steps: stepsOf(part),
      run: async (onStep) => {
        const {cells} = await table({...part, onStep});
        const notes =
          `Trained on ${SPARSE_POINTS} equidistant points, tested on ${TEST_POINTS}; where the paper tests is not known. The ` +
          'chord start of the waves looks at the data, the default start and RAI do not; "tied, blind start" does not, either.';
        return {title, notes, tables: [methodTable(cells, PAPER_SPARSE)], data: {cells}};
      },
    };
  },
  depth: ({seeds, steps}) => {
    const networks = Math.min(seeds, 10);
    const part = {depths: [2, 3, 4, 5, 6, 8], networks, steps, seed: 1};
    const title = 'Error against depth';
    return {
      title,
      steps: depthSteps(part),
      run: async (onStep) => {
        const rows = await errorByDepth({...part, onStep});
        const svg = depthChart(rows, `${title}, best of ${networks} runs`);
        const notes = `Least mean squared error of ${networks} runs, ${steps} steps a stage. From depth 6 on, the steps are too few.`;
        return {title, notes, tables: [depthTable(rows)], data: {rows}, figure: {name: 'depth.svg', svg}};
      },
    };
  },
  difference: ({seeds, steps}) => {
    const part = {networks: seeds, steps, seed: 1};
    const title = 'x^3 - x on [-1, 1]';
    return {
      title,
      steps: differenceSteps(part),
      run: async (onStep) => {
        const rows = await fitDifference({...part, onStep});
        const notes =
          'A difference of two convex functions. They start from slope 6, as much as the slope of the target rises on its way ' +
          '(input brought to [0, 1]), and the regions stage runs at 0.03: from slope 1 at 0.001 they do not get there. The ' +
          'free stage and the plain network run at each of three rates, the plain one as long as both stages.';
        return {title, notes, tables: [differenceTable(rows)], data: {rows}};
      },
    };
  },
  plane: ({seeds, steps}) => {
    const part = {seeds: Math.min(seeds, 5), steps: Math.ceil(steps / 2)};
    const title = 'r^3 on [-1, 1]^2';
    return {
      title,
      steps: planeSteps(part),
      run: async (onStep) => {
        const rows = await fitPlane({...part, onStep});
        const notes = `Eight convex functions along learned directions, beside a plain network of the same layers; ${part.seeds} runs.`;
        return {title, notes, tables: [planeTable(rows)], data: {rows}};
      },
    };
  },
  digits: ({seeds}) => {
    const part = {seeds: Math.min(seeds, 3), epochs: 30};
    const title = 'Digits';
    return {
      title,
      steps: digitsEpochs(part),
      run: async (onEpoch) => {
        const rows = await classifyDigits({...part, onEpoch});
        const notes = `Accuracy on 360 test images, mean and standard deviation over ${part.seeds} seeds; the rate of each by validation.`;
        return {title, notes, tables: [digitsTable(rows)], data: {rows}};
      },
    };
  },
};

function ownTarget({seeds, groups, steps}: Options, expression: string): Plan {
  const targets = [convexTarget(expression, functionOf(expression))];
  const part = {targets, networks: groups * seeds, depth: DEPTH, steps, seed: 1, trainPoints: TEST_POINTS};
  return {
    title: expression,
    steps: stepsOf(part),
    run: async (onStep) => {
      const {cells, fits} = await table({...part, onStep});
      const notes =
        `Mean squared error of 4x5 networks, ${TEST_POINTS} points, ${groups * seeds} runs, ${steps} steps a stage. The waves ` +
        'start from the chord of the data, which the default start and RAI do not look at; "tied, blind start" does not, either.';
      return {title: expression, notes, tables: [methodTable(cells, {})], data: {cells, fits}};
    },
  };
}
