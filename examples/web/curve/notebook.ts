import type {CurveConfig} from '../worker/curve_config';
import configSource from '../worker/curve_config.ts?raw';
import modelsSource from '../worker/curve_models.ts?raw';
import fitSource from '../worker/fit.ts?raw';

/** What of the state of the page is not in the config. */
export interface PageState {
  title: string;
  epochs: number;
  /** Address of the page. */
  address: string;
}

interface Cell {
  cell_type: 'code' | 'markdown';
  id: string;
  metadata: Record<string, never>;
  source: string[];
  execution_count?: null;
  outputs?: [];
}

/** A Jupyter notebook for a TypeScript kernel that trains the networks of the page for as many epochs, by its own code. */
export function notebookOf(config: CurveConfig, {title, epochs, address}: PageState): object {
  const {x, y, truth, ...choices} = config;
  const data = `const x = ${list(x)};\nconst truth = ${list(truth)};\nconst y = ${y === truth ? 'truth' : list(y)};`;
  const state = `const choices = ${JSON.stringify(choices, null, 2)} as const;
// The kernel wants variables of other cells by their names: x: x.
const config: CurveConfig = {...choices, x: x, y: y, truth: truth};
const EPOCHS = ${epochs};`;
  const cells = [
    markdown(`# ${title}, as the playground of tfjs-piecewise fits it

From ${address}

It needs a kernel for TypeScript, such as [tslab](https://github.com/yunabe/tslab), and in its folder
\`npm install tfjs-piecewise @tensorflow/tfjs\`.`),
    code(`import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {display} from 'tslab';

tf.enableProdMode();`),
    markdown('## The networks, and how they train\n\nThis is the code of the page.'),
    code(`${plain(configSource)}\n\n${plain(modelsSource)}`),
    code(plain(fitSource)),
    markdown(`## The state of the page: ${title}, ${epochs} epochs`),
    code(`${data}\n${state}`),
    code(TRAINING),
    markdown(
      '## What came of it\n\nGrey: the target. Blue: the network. Red: where it bends, exactly, from the weights.',
    ),
    code(RESULT),
  ];
  return {
    cells: cells.map((cell, i): Cell => ({...cell, id: `cell-${i + 1}`})),
    metadata: {
      kernelspec: {display_name: 'TypeScript', language: 'typescript', name: 'tslab'},
      language_info: {name: 'typescript', file_extension: '.ts'},
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

const TRAINING = `const inputs = tf.tensor2d(x, [x.length, 1]);
const targets = tf.tensor2d(y, [y.length, 1]);

function trained(network: Built, twoStages: boolean): Built {
  let now = network;
  let fit = startFit(now);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    if (twoStages && epoch === FIRST_STAGE) {
      fit.dispose();
      now = freeForm(now);
      fit = startFit(now);
    }
    fit.step(inputs, targets, false);
  }
  fit.dispose();
  return now;
}

const start = networksOf(config);
const networks = [trained(start.dense, false), trained(start.ours, hasTwoStages(config))];`;

const RESULT = `for (const [i, {name, model}] of networks.entries()) {
  const predicted = (model.predict(inputs) as tf.Tensor).dataSync();
  const meanSquaredError = truth.reduce((sum, value, k) => sum + (predicted[k] - value) ** 2, 0) / truth.length;
  const found = await pw.analysis.countLinearRegions(model, {from: [0], to: [1], values: true});
  const size = \`\${model.countParams()} parameters, \${found.regions} linear regions\`;
  console.log(\`\${name}: \${size}, mean squared error \${meanSquaredError.toExponential(2)}\`);
  const family = i === 0 ? 'dense' : 'ours';
  display.html(
    pw.plot.breakpoints(found, {x: [0, 1], width: 560, title: name, yName: 'y', families: [family], points: {x: x, y: y}}),
  );
}`;

/** A module as a cell: one scope for all, in which there is nothing to import or export. */
const plain = (source: string) =>
  source
    .replace(/^import .*;\n/gm, '')
    .replace(/^export /gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** As exact as the numbers of a network. */
const list = (values: readonly number[]) => `[${values.map((value) => Number(value.toPrecision(8))).join(', ')}]`;

type Part = Omit<Cell, 'id'>;

const lines = (text: string) => text.split(/(?<=\n)/);

const markdown = (text: string): Part => ({cell_type: 'markdown', metadata: {}, source: lines(text)});

const code = (text: string): Part => ({
  cell_type: 'code',
  metadata: {},
  execution_count: null,
  outputs: [],
  source: lines(text),
});
