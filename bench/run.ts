/**
 * Every kernel on every backend that runs in Node, against its rivals; what fusing and the engine cost; a step of training.
 * A whole run takes about four minutes and is recorded in bench/results.
 */

import {parseArgs} from 'node:util';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {BACKENDS, type BackendName, start} from './backends';
import {measureAdditions, measureFusions, measureOverhead} from './costs';
import {textTable} from './format';
import {measureImageNetworks, NETWORK_HEADER, type NetworkRow, networkCells} from './image_networks';
import {IMAGE_BACKENDS, IMAGE_HEADER, type ImageResults, imageCells, measureImages, recordImages} from './images';
import {
  INSTRUMENT_HEADER,
  type InstrumentRow,
  instrumentCells,
  measureInstruments,
  recordInstruments,
} from './instruments';
import {provenance} from './machine';
import {measureKernels, type Plan} from './measure';
import {measureOptimizers} from './optimizers';
import {progress} from './progress';
import {record} from './record';
import {kernelLines, LEGEND, provenanceText, remarks, title} from './report';
import type {BackendResults, Results} from './results';
import {measureTraining} from './training';

const USAGE = `npm run bench -- [options]
  --backend NAME  only this one of ${BACKENDS.join(', ')}; may be repeated
  --quick         two shapes and few turns: 40 seconds instead of 4 minutes
  --instruments   the exact instruments instead of the kernels: 4 minutes, recorded in bench/results/instruments
  --keras PYTHON  with --instruments: networks of images as Keras saves them, too, by a Python that has Keras
  --images        mixing the channels of images instead, against 1x1 convolutions: 1 minute, recorded in bench/results/images
  --profile       training steps and predictions kernel by kernel: see --profile --help
  --exports       networks as JavaScript, LiteRT and C: bytes, accuracy, time of one image; recorded in bench/results/exports
  --steps         whole training steps and predictions, beside dense networks and PyTorch: see --steps --help
  --against COMMIT  whole steps beside those of an earlier commit, see --against --help
  --fht           transforms on tensorflow beside fht-cpu from PyPI: see --fht --help
  --gpu           the kernels on WebGPU, on a machine with a GPU: see --gpu --help
  --million       layers of a million units, see --million --help
  --json          the results as JSON on the standard output, instead of tables
Only a run without --backend and --quick is recorded in bench/results.`;

const WHOLE: Plan = {
  shapes: [
    [64, 1024],
    [32, 4096],
    [1, 2 ** 14],
    [1, 2 ** 17],
    [1, 2 ** 20],
  ],
  denseShapes: [
    [64, 2048],
    [64, 4096],
  ],
  effort: {turns: 21, budget: 80},
};
const QUICK: Plan = {
  shapes: [
    [64, 1024],
    [1, 2 ** 14],
  ],
  denseShapes: [],
  effort: {turns: 7, budget: 30},
};
/** On a GPU of software the large shapes would take minutes, to say nothing. */
const GPU_SHAPES: Plan['shapes'] = [[64, 1024]];

const {values: options} = parseArgs({
  options: {
    backend: {type: 'string', multiple: true},
    quick: {type: 'boolean', default: false},
    instruments: {type: 'boolean', default: false},
    keras: {type: 'string'},
    images: {type: 'boolean', default: false},
    json: {type: 'boolean', default: false},
    help: {type: 'boolean', default: false},
  },
});

export async function main(): Promise<void> {
  if (options.help) return console.log(USAGE);
  const chosen = BACKENDS.filter((name) => options.backend?.includes(name) ?? true);
  const unknown = options.backend?.find((name) => !BACKENDS.includes(name as BackendName));
  if (unknown !== undefined) throw new Error(`there is no backend '${unknown}'.\n${USAGE}`);
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  tf.enableProdMode();
  if (options.instruments) return instruments();
  if (options.images) return images(IMAGE_BACKENDS.filter((name) => chosen.includes(name)));
  const results: Results = {...provenance(), backends: [], missing: []};
  say(...provenanceText(results), '', ...LEGEND);
  for (const backend of chosen) await measure(backend, results);
  if (options.json) console.log(JSON.stringify(results, null, 2));
  else if (!options.quick && !options.backend) say('', `Recorded in ${record(results)}.`);
}

async function instruments(): Promise<void> {
  const rows: InstrumentRow[] = [];
  const effort = (options.quick ? QUICK : WHOLE).effort;
  await measureInstruments({...effort, budget: 20 * effort.budget}, options.quick, (row) => {
    rows.push(row);
    progress(`${row.network}, ${row.cells ?? row.what}`);
  });
  const images: NetworkRow[] = [];
  if (!options.quick) {
    await measureImageNetworks(options.keras, (row) => {
      images.push(row);
      progress(`${row.network}, ${row.instrument}`);
    });
  }
  progress('');
  const results = {...provenance(), rows, images};
  if (options.json) console.log(JSON.stringify(results, null, 2));
  say(...textTable(INSTRUMENT_HEADER, rows.map(instrumentCells)));
  if (images.length > 0) say('', ...textTable(NETWORK_HEADER, images.map(networkCells)));
  if (!options.quick && !options.json) say('', `Recorded in ${recordInstruments(results)}.`);
}

async function images(backends: BackendName[]): Promise<void> {
  const results: ImageResults = {...provenance(), rows: []};
  const {effort} = options.quick ? QUICK : WHOLE;
  for (const backend of backends) {
    const version = await measureImages(backend, {...effort, budget: 5 * effort.budget}, (row) => {
      results.rows.push(row);
      progress(`${backend}: ${row.channels} channels, ${row.what}`);
    });
    if (version) results.versions[backend] = version;
  }
  progress('');
  if (options.json) console.log(JSON.stringify(results, null, 2));
  say(...provenanceText(results), '', ...textTable(IMAGE_HEADER, results.rows.map(imageCells)));
  const isWhole = !options.quick && !options.json && backends.length === IMAGE_BACKENDS.length;
  if (isWhole) say('', `Recorded in ${recordImages(results)}.`);
}

/** Adds one backend to the results, or why it is not there. */
async function measure(backend: BackendName, results: Results): Promise<void> {
  const started = await start(backend).catch((error: Error) => error);
  if (started instanceof Error) {
    const [reason] = started.message.split('\n');
    results.missing.push({backend, reason});
    return say('', `${backend}: not measured, ${reason}`);
  }
  if (started.version) results.versions[backend] = started.version;
  const plan = options.quick ? QUICK : WHOLE;
  const {effort} = plan;
  const onGpu = started.settle !== undefined;
  const kernels = await measureKernels(onGpu ? {...plan, shapes: GPU_SHAPES, denseShapes: []} : plan, started, (what) =>
    progress(`${backend}: ${what}`),
  );
  progress(`${backend}: costs and training`);
  const measured: BackendResults = {
    backend,
    path: pw.backendReport().path,
    note: started.note,
    kernels,
    fusions: await measureFusions(started, effort),
    overhead: await measureOverhead(started, effort),
    additions: backend === 'wasm' ? await measureAdditions(plan.shapes, effort) : undefined,
    training: onGpu && options.quick ? undefined : await measureTraining({...effort, budget: 5 * effort.budget}),
    optimizers: onGpu ? undefined : await measureOptimizers(started, {...effort, budget: 5 * effort.budget}),
  };
  progress('');
  results.backends.push(measured);
  say('', title(measured), '', ...kernelLines(kernels), '', ...remarks(measured));
}

function say(...lines: string[]): void {
  if (!options.json) for (const line of lines) console.log(line);
}
