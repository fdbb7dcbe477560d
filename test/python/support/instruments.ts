/**
 * What the instruments say of the models that the Keras bridge has saved: `instruments.ts <folder>` reads check.json beside each
 * model.json, three samples and their outputs, looks at a part of the way between the first two, and prints
 * {name of the folder: findings}.
 */

import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {fileSystem} from 'tfjs-piecewise/node';

const {countLinearRegions, linearRegions2d, parameterReport, stablyUnactivated} = pw.analysis;

type Row = number[];

async function findings(folder: string) {
  const {samples, outputs, shape} = JSON.parse(readFileSync(join(folder, 'check.json'), 'utf8'));
  const model = await tf.loadLayersModel(fileSystem(folder));
  const predict = (rows: Row[]) =>
    tf.tidy(() => (model.predict(tf.tensor(rows.flat(), [rows.length, ...shape])) as tf.Tensor).arraySync() as Row[]);
  const farthest = (a: Row[], b: Row[]) => Math.max(...a.flatMap((row, i) => row.map((y, j) => Math.abs(y - b[i][j]))));
  const difference = farthest(predict(samples), outputs);

  const [origin, u, v] = samples.map((sample: Row) =>
    sample.map((x, i) => x - (sample === samples[0] ? 0 : samples[0][i])),
  );
  const at = (t: number) => origin.map((x: number, i: number) => x + 0.01 * t * u[i]) as Row;
  const segment = await countLinearRegions(model, {from: at(0), to: at(1)});
  const window = await linearRegions2d(model, {x: [0, 0.001], y: [0, 0.001], plane: {origin, u, v}});
  const areaOf = ({vertices}: {vertices: [number, number][]}) =>
    vertices.reduce((sum, [x, y], i) => {
      const [nextX, nextY] = vertices[(i + 1) % vertices.length];
      return sum + (x * nextY - nextX * y) / 2;
    }, 0);
  const area = window.polygons.reduce((sum, polygon) => sum + Math.abs(areaOf(polygon)), 0) / 1e-6;

  const corners = window.polygons.flatMap(({vertices}) => vertices);
  const values = window.polygons.flatMap((polygon) => polygon.values);
  const valuesOff = farthest(
    predict(corners.map(([s, t]) => origin.map((x: number, i: number) => x + s * u[i] + t * v[i]))),
    values,
  );

  const {total} = await parameterReport(model);
  const {neurons, dead, alive, unknown} = await stablyUnactivated(model);
  const known = {cells: segment.activationCells, regions: segment.regions, exact: segment.exact && window.exact};
  return {
    ...{difference, parameters: total.parameters, breakpoints: total.breakpoints, ...known},
    ...{valuesOff, polygons: window.activationCells, area, units: neurons.length, dead, alive, unknown},
  };
}

async function main(folder: string): Promise<void> {
  await tf.setBackend('cpu');
  const result: {[name: string]: Awaited<ReturnType<typeof findings>>} = {};
  for (const name of readdirSync(folder)) result[name] = await findings(join(folder, name));
  process.stdout.write(`\n${JSON.stringify(result)}\n`);
}

void main(process.argv[2]);
