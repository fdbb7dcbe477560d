import * as pw from 'tfjs-piecewise';
import type {CostResult} from '../cost';
import {COMPARED, FAMILIES, type FamilyName} from '../images/networks';
import type {Cell} from './image_cells';

const familyNames = Object.fromEntries(COMPARED.map((family) => [family, FAMILIES[family].title]));
const rivals = COMPARED.filter((family) => !FAMILIES[family].ours);

/** What is worse is far below, and would press the others together. */
const LEAST = 0.7;

/** Accuracy of all families against something that users pay. */
function chart(cells: readonly Cell[], title: string, xName: string, cost: (cell: Cell) => number | undefined): string {
  const rows = cells.flatMap((cell) => {
    const parameters = cost(cell);
    const {family, mean, deviation: sd} = cell;
    return parameters === undefined || mean < LEAST ? [] : [{family, parameters, mean, sd}];
  });
  const description = 'Orange: rivals; blue: ours. Without what is below 70 %.';
  return pw.plot.accuracy(rows, {width: 760, title, description, xName, yName: 'test accuracy', familyNames, rivals});
}

/** What the first page shows: the rivals, and one of ours for each kind, in words that need no other page. */
const FIRST_PAGE: {[family in FamilyName]?: string} = {
  dense: 'dense',
  lowRank: 'dense of low rank',
  mobile: 'small convolutional network',
  flat: 'ours, flat',
  mixture: 'ours, convolutional',
};

function firstPage(cells: readonly Cell[]): string {
  const rows = cells.filter(({family, mean}) => FIRST_PAGE[family] && mean >= LEAST);
  const [{images, epochs}] = cells[0].runs;
  return pw.plot.accuracy(
    rows.map(({family, parameters, mean, deviation}) => ({family, parameters, mean, sd: deviation})),
    {
      width: 760,
      title: 'Fashion-MNIST: accuracy against parameters',
      description: `${images.toLocaleString('en')} images, ${epochs} epochs. Whiskers: standard deviation over seeds.`,
      yName: 'test accuracy',
      familyNames: FIRST_PAGE as {[family: string]: string},
      rivals,
    },
  );
}

/** Charts by file name. */
export function charts(cells: readonly Cell[], costs: readonly CostResult[]): {[file: string]: string} {
  const milliseconds = ({family, budget}: Cell) =>
    costs.find((cost) => cost.family === family && cost.budget === budget)?.milliseconds.lower;
  const name = 'Fashion-MNIST: accuracy against';
  return {
    'fashion_mnist.svg': firstPage(cells),
    'evidence_parameters.svg': chart(cells, `${name} parameters`, 'trainable parameters', (cell) => cell.parameters),
    'evidence_bytes.svg': chart(cells, `${name} the bytes of a uint8 file`, 'bytes', ({runs: [{files}]}) => {
      return files.uint8.weightBytes + files.uint8.layerBytes;
    }),
    ...(costs.length > 0 && {
      'evidence_milliseconds.svg': chart(cells, `${name} time on wasm`, 'milliseconds for one image', milliseconds),
    }),
  };
}
