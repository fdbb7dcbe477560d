/** LAYERS.md as text: what each class of layers is to each instrument and exporter, from their own tables. */

import * as tf from '@tensorflow/tfjs';
import 'tfjs-piecewise';
import {READERS as STEPS} from '../../src/analysis/piecewise_linear/layers';
import {MEETINGS} from '../../src/analysis/symmetry/channel_events';
import {READERS} from '../../src/analysis/symmetry/read_layer';
import {KERAS_LAYERS} from '../../src/cli/keras_layers';
import {LOWERINGS} from '../../src/export/lower/layers';
import {CONVERTERS} from '../../src/export/to_dense';
import * as layers from '../../src/layers';

const INTRO = `# Layers, instruments and exporters

<!-- Written by \`npm run layers\` from the tables of the code: do not edit. -->

Which classes of layers each instrument reads and each exporter writes: ours, then those of TensorFlow.js. Models in a model are
entered by all. What is empty is refused, and so are some options of the others: the error names the layer, what it has, and what
to do. "Some" options are read, but not the defaults: \`RegionDense\` takes its inputs through a sigmoid, which bends its pieces; say
\`inputNorm: 'clip'\` to count them. \`npm run layers\` writes this page from the tables that the code itself asks.

- **regions**: \`countLinearRegions\`, \`linearRegions2d\`, \`regionBounds\`, and the breakpoints of \`parameterReport\`.
- **dead units**: \`stablyUnactivated\`, which reads the same layers, to the second that bends or the one that you name.
- **symmetry**: \`countEquivalentMinima\`, \`permuteUnits\`, \`canonicalize\`, \`equivalent\`, \`align\`.
- **ONNX**, **LiteRT**, **graph**, **JavaScript**, **C**, **dense**: \`toOnnx\`, \`toLiteRT\`, \`toGraphModel\`,
  \`toJavaScript\`, \`toC\`, \`toDense\`. \`quantize\` takes all layers. **Keras**: \`npx tfjs-piecewise export --to keras\`.

Where the backends of TensorFlow.js disagree, the exporters hold to the definition or refuse. Batch normalization along an axis
other than the last is read and exported as Keras defines it and as \`webgl\` and \`tensorflow\` compute it; \`cpu\` and \`wasm\` take the
numbers of other channels. \`Resizing\` is exported, while TensorFlow.js 4.22 cannot run it in a model. On volumes, windows of padding
'same' that are shorter than their strides are refused where \`cpu\` and \`wasm\` shift them.
`;

/** Whose defaults the instruments refuse, while they read other options. */
const SOME: {[className: string]: readonly string[]} = {RegionDense: ['regions', 'dead units']};

type Column = [title: string, knows: (className: string) => boolean];

const among = (table: object) => (className: string) => Object.hasOwn(table, className);

const COLUMNS: Column[] = [
  ['regions', among(STEPS)],
  ['dead units', among(STEPS)],
  ['symmetry', (className) => among(READERS)(className) || MEETINGS.includes(className)],
  ['ONNX', among(LOWERINGS)],
  ['LiteRT', among(LOWERINGS)],
  ['graph', among(LOWERINGS)],
  ['JavaScript', among(LOWERINGS)],
  ['C', among(LOWERINGS)],
  ['dense', among(CONVERTERS)],
  ['Keras', (className) => KERAS_LAYERS.includes(className)],
];

const isLayer = (one: unknown) => typeof one === 'function' && one.prototype instanceof tf.layers.Layer;

/** The classes of layers: ours first. Models, their inputs, and cells, which only recurrent layers apply, are none. */
function classNames(): string[] {
  const map = tf.serialization.SerializationMap.getMap().classNameMap;
  const all = Object.entries(map).flatMap(([name, [made]]) => (isLayer(made) ? [name] : []));
  const used = all.filter((name) => !/Cells?$|^(InputLayer|Model|Functional|Sequential)$/.test(name)).sort();
  const ours = new Set(
    Object.values(layers).flatMap((one) => (isLayer(one) ? [(one as {className: string}).className] : [])),
  );
  return [...used.filter((name) => ours.has(name)), ...used.filter((name) => !ours.has(name))];
}

const said = (className: string, title: string, isKnown: boolean) =>
  isKnown ? (SOME[className]?.includes(title) ? 'some' : 'yes') : '';

export function layersPage(): string {
  const head = ['layer', ...COLUMNS.map(([title]) => title)];
  const rows = classNames().map((name) => [
    `\`${name}\``,
    ...COLUMNS.map(([title, knows]) => said(name, title, knows(name))),
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((cells) => cells[i].length)));
  const line = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  const rule = widths.map((width) => '-'.repeat(width));
  return `${INTRO}\n${[head, rule, ...rows].map(line).join('\n')}\n`;
}
