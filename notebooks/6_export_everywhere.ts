// %% [markdown]
// # 6. Export everywhere
//
// A trained model should not be tied to the package that trained it. One model with a layer of each kind goes out of the door
// here in seven ways, comes back in, and must give the same numbers every time.

// %%
import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import * as path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import * as ort from 'onnxruntime-node';
import * as pw from 'tfjs-piecewise';
import {fileSystem} from 'tfjs-piecewise/node';
import {claim} from './support/claim';
import {Plot, show, table} from './support/show';

tf.enableProdMode();
const folder = mkdtempSync(path.join(tmpdir(), 'export-'));
const model = tf.sequential({
  layers: [
    pw.layers.whtProjection({units: 64, seed: 1, randomBias: 0, inputShape: [2]}),
    pw.layers.reluPair({seed: 1}),
    pw.layers.whtProjection({units: 16, seed: 2, randomBias: 0}),
    pw.layers.regionDense({units: 4, depth: 4, seed: 3}),
    tf.layers.dense({units: 1, kernelInitializer: tf.initializers.glorotNormal({seed: 1})}),
  ],
});

// %% [markdown]
// ## Something worth exporting
//
// It learns a function of two variables, the distance to a circle.

// %%
const grid = Array.from({length: 41 * 41}, (_, i) => [-1 + (i % 41) / 20, -1 + Math.floor(i / 41) / 20]);
const inputs = tf.tensor2d(grid);
const targets = tf.tensor2d(grid.map(([x, y]) => [Math.abs(Math.hypot(x, y) - 0.6)]));
model.compile({optimizer: tf.train.adam(0.01), loss: 'meanSquaredError'});
let loss = 0;
for (let step = 0; step < 300; step++) loss = (await model.trainOnBatch(inputs, targets)) as number;
const expected = (model.predict(inputs) as tf.Tensor).dataSync();
console.log(`${model.countParams()} parameters, mean squared error ${loss.toFixed(5)}`);

/** Greatest difference from what the trained model itself says. */
const difference = (values: ArrayLike<number>) =>
  Array.from(expected).reduce(
    (most, value, i) => Math.max(most, Math.abs(value - values[i])),
    values.length === expected.length ? 0 : Infinity,
  );
const exported: {way: string; runs: string; bytes: number; difference: number}[] = [];

// %% [markdown]
// ## 1. Files of a layers model
//
// Saved and loaded like any model of TensorFlow.js; where it is loaded, this package must be imported. The random signs are not
// stored, only their seed.

// %%
await model.save(fileSystem(path.join(folder, 'layers')));
const loaded = await tf.loadLayersModel(fileSystem(path.join(folder, 'layers')));
const sizeOf = (...files: string[]) => files.reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0);
exported.push({
  way: 'layers model',
  runs: 'TensorFlow.js with this package',
  bytes: sizeOf('layers/model.json', 'layers/weights.bin'),
  difference: difference((loaded.predict(inputs) as tf.Tensor).dataSync()),
});

// %% [markdown]
// ## 2. Standard layers
//
// `toDense` writes the same function as dense layers. No layer of this package is left; the weights that were implied by a
// seed are now there in full, and the model can be trained on, freely.

// %%
const dense = pw.exporters.toDense(model);
await dense.save(fileSystem(path.join(folder, 'dense')));
const ours = dense.layers.filter((layer) =>
  ['WHTProjection', 'ReLUPair', 'RegionDense', 'TriangleWave'].includes(layer.getClassName()),
);
exported.push({
  way: 'standard layers',
  runs: 'TensorFlow.js',
  bytes: sizeOf('dense/model.json', 'dense/weights.bin'),
  difference: difference((dense.predict(inputs) as tf.Tensor).dataSync()),
});

// %% [markdown]
// ## 3. A graph model
//
// `toGraphModel` writes operations of TensorFlow. A transform becomes small products, never a matrix of n x n.

// %%
await fileSystem(path.join(folder, 'graph')).save!(await pw.exporters.toGraphModel(model));
const graph = await tf.loadGraphModel(fileSystem(path.join(folder, 'graph')));
exported.push({
  way: 'graph model',
  runs: 'TensorFlow.js, its converters',
  bytes: sizeOf('graph/model.json', 'graph/weights.bin'),
  difference: difference((graph.predict(inputs) as tf.Tensor).dataSync()),
});

// %% [markdown]
// ## 4. ONNX
//
// `toOnnx` writes one file for ONNX Runtime, here the one of Node; those of browsers, Python, C++, C# and Java read the same.

// %%
const bytes = await pw.exporters.toOnnx(model);
writeFileSync(path.join(folder, 'model.onnx'), bytes);
const session = await ort.InferenceSession.create(path.join(folder, 'model.onnx'));
const feeds = {[session.inputNames[0]]: new ort.Tensor('float32', Float32Array.from(grid.flat()), [grid.length, 2])};
const answer = (await session.run(feeds))[session.outputNames[0]];
exported.push({
  way: 'ONNX',
  runs: 'ONNX Runtime',
  bytes: bytes.length,
  difference: difference(answer.data as Float32Array),
});

// %% [markdown]
// ## 5. A module of JavaScript
//
// `toJavaScript` writes one file that imports nothing, for pages that only predict. It is short enough to read: here is what it
// computes, after its weights.

// %%
const {source} = await pw.exporters.toJavaScript(model, {format: 'commonjs'});
const file = path.join(folder, 'model.cjs');
writeFileSync(file, source);
const {predict} = createRequire(file)(file) as {predict(rows: number[][]): Float32Array};
exported.push({
  way: 'JavaScript',
  runs: 'any page, without TensorFlow.js',
  bytes: source.length,
  difference: difference(predict(grid)),
});
console.log(source.slice(source.indexOf('function run'), source.indexOf('const typeOf')).trim());

// %% [markdown]
// ## 6. C, and 7. LiteRT
//
// `toC` writes C99 that allocates nothing, for microcontrollers; `toLiteRT` a `.tflite` for Android, iOS and LiteRT.js. The command
// line exports both, and with `--check` runs what it wrote on the rows of a table: gcc compiles the one, the Python package
// `ai-edge-litert` reads the other.

// %%
const rows = path.join(folder, 'rows.csv');
writeFileSync(rows, ['x,y', ...grid.map((row) => row.join(','))].join('\n'));
for (const {to, way, runs, files} of [
  {to: 'c', way: 'C', runs: 'microcontrollers, any C compiler', files: ['c/model.c', 'c/model.h']},
  {to: 'litert', way: 'LiteRT', runs: 'Android, iOS, pages', files: ['litert/model.tflite']},
]) {
  const command = ['export', path.join(folder, 'layers'), '--to', to, path.join(folder, to), '--check', rows];
  const said = execFileSync(process.execPath, ['node_modules/tfjs-piecewise/dist/cli/index.cjs', ...command], {
    encoding: 'utf8',
  });
  console.log(said.slice(said.indexOf('Checked by')).replace(rows, 'rows.csv').trim());
  const found = /largest difference (\S+),/.exec(said);
  exported.push({way: way, runs: runs, bytes: sizeOf(...files), difference: found ? Number(found[1]) : Infinity});
}
rmSync(folder, {recursive: true});

// %% [markdown]
// ## The same function everywhere

// %%
table(
  ['way', 'runs in', 'bytes', 'greatest difference of 1,681 outputs'],
  exported.map((row) => [row.way, row.runs, row.bytes, row.difference.toExponential(1)]),
);
const picture = grid.flatMap(([x, y], i) => [
  {x: x, y: y, value: expected[i], who: 'trained here'},
  {x: x, y: y, value: (answer.data as Float32Array)[i], who: 'in ONNX Runtime'},
]);
show({
  height: 330,
  fx: {label: null, domain: ['trained here', 'in ONNX Runtime']},
  color: {scheme: 'viridis'},
  marks: [Plot.contour(picture, {x: 'x', y: 'y', fill: 'value', fx: 'who'})],
});

// %% [markdown]
// ## What this notebook claims

// %%
claim('the model learned something', loss < 0.003);
claim('the standard form has no layer of this package', ours.length === 0);
claim(
  'all seven give the same outputs to 1e-5',
  exported.length === 7 && exported.every((row) => row.difference < 1e-5),
);
