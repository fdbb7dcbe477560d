/** Every kind of picture, of ordinary and of awkward models, by width. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';

const LONG = 'a_layer_of_which_the_name_is_WIDER_than_any_column_for_it_WWWWWWWWWW';
const HOSTILE = `</text><script>x</script> & "quotes" 'single' \u{1f600}\u{1f600} \u6f22\u5b57\u6f22\u5b57 ${LONG}`;

const random = (seed: number) => tf.initializers.randomNormal({seed, stddev: 0.7});

function pairs(units: number, inputs: number, blocks: number, name = 'pair'): tf.Sequential {
  const layers = Array.from({length: blocks}, (_, i) => [
    pw.layers.whtProjection({
      units,
      seed: i + 1,
      ...(i === 0 && {inputShape: [inputs]}),
      name: `${name}_transform_${i}`,
    }),
    pw.layers.reluPair({initializer: 'uniform', seed: i + 1, name: `${name}_${i}`}),
  ]).flat();
  return tf.sequential({layers: [...layers, tf.layers.dense({units: 10, kernelInitializer: random(1)})]});
}

const wave = () => tf.sequential({layers: [pw.layers.triangleWave({depth: 5, inputShape: [1], seed: 1})]});

const mixed = () =>
  tf.sequential({
    layers: [
      pw.layers.regionDense({units: 3, subnets: 3, depth: 4, seed: 2, inputShape: [2]}),
      tf.layers.dense({units: 8, activation: 'relu', kernelInitializer: random(3)}),
      tf.layers.dense({units: 1, kernelInitializer: random(4)}),
    ],
  });

const image = () =>
  tf.sequential({
    layers: [
      tf.layers.conv2d({
        filters: 20,
        kernelSize: 3,
        activation: 'relu',
        inputShape: [8, 8, 1],
        kernelInitializer: random(5),
      }),
      tf.layers.maxPooling2d({poolSize: 2}),
      pw.layers.whtProjection({units: 20, seed: 1}),
      pw.layers.reluPair({sharedAxes: [1, 2]}),
      tf.layers.flatten(),
      tf.layers.dense({units: 12, activation: 'softmax', kernelInitializer: random(6)}),
    ],
  });

const named = (n: number) => Array.from({length: n}, (_, i) => (i % 2 === 0 ? HOSTILE : `name ${i}`));

async function drawn(make: () => tf.LayersModel, draw: (model: tf.LayersModel) => Promise<string>): Promise<string> {
  const model = make();
  const svg = await draw(model);
  model.dispose();
  return svg;
}

const along = (model: tf.LayersModel, size: number, values: boolean) =>
  pw.analysis.countLinearRegions(model, {from: new Array(size).fill(0), to: new Array(size).fill(1), values});

const rows = ['dense', 'wht', 'wave'].flatMap((family, f) =>
  Array.from({length: 6}, (_, i) => ({
    family,
    parameters: Math.round(100 * 2.1 ** i * (1 + f / 9)),
    mean: 0.8 + 0.03 * i - 0.008 * f,
    sd: i % 2 ? 0.004 : null,
    label: i === 3 ? HOSTILE.slice(0, 26) : `${64 << i} x ${f}`,
  })),
);

/** SVG text, by name and width. */
export const pictures: {readonly [name: string]: (width: number) => Promise<string>} = {
  'a network of one wave': (width) => drawn(wave, (model) => pw.plot.network(model, {width})),
  'a network of waves and ReLUs': (width) => drawn(mixed, (model) => pw.plot.network(model, {width})),
  'a network of 1024 units with long names': (width) =>
    drawn(
      () => pairs(1024, 784, 2, LONG),
      (model) => pw.plot.network(model, {width, outputNames: named(10), title: HOSTILE, description: HOSTILE}),
    ),
  'a network of 14 blocks': (width) =>
    drawn(
      () => pairs(16, 5, 14),
      (model) => pw.plot.network(model, {width, inputNames: named(5)}),
    ),
  'a network on images': (width) => drawn(image, (model) => pw.plot.network(model, {width})),
  'slopes of one layer': (width) =>
    drawn(
      () => pairs(1, 1, 1),
      (model) => pw.plot.slopes(model, {width}),
    ),
  'slopes of 7 layers': (width) =>
    drawn(
      () => pairs(1024, 4, 7, LONG),
      (model) => pw.plot.slopes(model, {width}),
    ),
  'a curve with its data': (width) =>
    drawn(wave, async (model) =>
      pw.plot.breakpoints(await along(model, 1, true), {
        width,
        x: [-1e5, 123_456],
        xName: HOSTILE,
        yName: HOSTILE,
        points: {x: [0, 1e5], y: [-7e-9, 2]},
      }),
    ),
  'curves beside each other': (width) =>
    drawn(wave, async (model) => {
      const found = await along(model, 1, true);
      return pw.plot.breakpoints([found, found, found], {width, names: named(3), families: ['ours', 'dense', 'ours']});
    }),
  'rows of breakpoints': (width) =>
    drawn(
      () => pairs(64, 4, 2),
      async (model) => {
        const found = await along(model, 4, false);
        return pw.plot.breakpoints([found, found, found], {width, names: named(3)});
      },
    ),
  'linear regions in a plane': (width) =>
    drawn(
      () => pairs(8, 2, 2),
      async (model) => {
        const found = await pw.analysis.linearRegions2d(model, {x: [-1000, 0.001], y: [-1e-7, 1e-7]});
        const marks = [
          {x: -999, y: -0.9e-7, name: HOSTILE},
          {x: -1, y: 0.9e-7, name: HOSTILE},
        ];
        return pw.plot.regions(found, {width, marks, xName: HOSTILE, yName: HOSTILE});
      },
    ),
  'accuracy of families': async (width) =>
    pw.plot.accuracy(rows, {width, familyNames: {wht: HOSTILE, wave: 'wave'}, title: 'Digits'}),
  'errors of families': async (width) =>
    pw.plot.accuracy(
      rows.map((row) => ({...row, mean: 10 ** (-9 * row.mean), sd: null})),
      {width, metric: 'error', yName: HOSTILE},
    ),
};
