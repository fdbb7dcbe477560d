/** The command line of the training example. */

import {parseArgs} from 'node:util';
import {count, oneOf} from '../choices';
import {DATASETS, type DatasetName} from './datasets';

export const BACKENDS = ['tensorflow', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

export interface Options {
  dataset: DatasetName;
  data?: string;
  backend?: BackendName;
  seeds: number;
  epochs?: number;
  models: string[];
  out: string;
  resume: boolean;
  /** Whether the curve comes first. */
  curve: boolean;
  help: boolean;
}

export const HELP = `Fits a curve with 8 weights, then trains Walsh-Hadamard networks with ReLU pairs beside dense ReLU networks of equal size.

npm start -- [options]

  --dataset NAME   digits (default; in the repository) or fashion-mnist (default for --models image)
  --data FOLDER    where the files of fashion-mnist are, if not where they are looked for
  --backend NAME   tensorflow, wasm or cpu (default: the first of these that is there)
  --seeds N        runs per model, seeds 1 to N (default: 1)
  --epochs N       epochs per run (default: 40 for digits, 20 for fashion-mnist)
  --models A,B     only the models whose name contains one of these words; image: networks of convolutions, which are
                   trained on fashion-mnist, and only if they are named
  --out FOLDER     where results go (default: out)
  --resume         go on from the checkpoints of an interrupted run
  --no-curve       without the curve that comes first, before all models of the digits
  --help           this text

Writes OUT/DATASET/: report.json, accuracy.svg, models/NAME/model.json + weights.bin (best seed; loads in a browser),
checkpoints/; and OUT/curve_fit.svg. Ctrl-C stops after the current step and keeps the best checkpoint.`;

/** Parses and checks; an error names the option, what was given and what is possible. */
export function parseOptions(args: string[]): Options {
  const {values} = parseArgs({
    args,
    options: {
      dataset: {type: 'string'},
      data: {type: 'string'},
      backend: {type: 'string'},
      seeds: {type: 'string', default: '1'},
      epochs: {type: 'string'},
      models: {type: 'string', default: ''},
      out: {type: 'string', default: 'out'},
      resume: {type: 'boolean', default: false},
      'no-curve': {type: 'boolean', default: false},
      help: {type: 'boolean', default: false},
    },
  });
  const models = values.models.split(',').filter((word) => word !== '');
  const usual = models.length > 0 && models.every((word) => word.startsWith('image')) ? 'fashion-mnist' : 'digits';
  const dataset = oneOf('dataset', values.dataset ?? usual, DATASETS);
  return {
    dataset,
    data: values.data,
    backend: values.backend === undefined ? undefined : oneOf('backend', values.backend, BACKENDS),
    seeds: count('seeds', values.seeds),
    epochs: values.epochs === undefined ? undefined : count('epochs', values.epochs),
    models,
    out: values.out,
    resume: values.resume,
    curve: !values['no-curve'] && !values.resume && dataset === 'digits' && values.models === '',
    help: values.help,
  };
}
