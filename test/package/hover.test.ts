/** @slow */

import {join} from 'node:path';
import ts from 'typescript';
import {ensureBuild, ROOT} from './build';

beforeAll(ensureBuild, 120_000);

/** What people type, with what the formula of each contains. */
const TYPED: [expression: string, formula: RegExp][] = [
  ['pw.layers.whtProjection', /y = activation\(g S/],
  ['pw.layers.reluPair', /y = x \* \(x < 0 \? negative : positive\)/],
  ['pw.layers.triangleWave', /y = intercept \+ slope/],
  ['pw.layers.regionDense', /y = /],
  ['pw.layers.blockDense', /y_k = activation/],
  ['pw.layers.dense', /y = activation\(x kernel/],
  ['pw.layers.square', /x\^2/],
  ['pw.optimizers.adamW', /w = w - learningRate/],
  ['pw.schedules.cosine', /cos/],
  ['pw.schedules.oneCycle', /cos/],
  ['pw.schedules.warmup', /learningRate/],
  ['pw.initializers.rai', /Beta\(2, 1\)/],
  ['pw.initializers.torchLinear', /sqrt/],
  ['pw.initializers.peakUniform', /uniform in \(minval, maxval\)/],
  ['pw.initializers.peakConstant', /default 1\/2/],
  ['pw.initializers.given', /one by one/],
  ['pw.fitCurve', /points/],
  ['pw.trainTwoStage', /stage/],
  ['pw.plot.network', /root mean square/],
  ['pw.analysis.countLinearRegions', /t -> model/],
  ['pw.exporters.toDense', /outputs/],
];

/** What an editor shows where the name is typed in a program that has installed the package, as built. */
function hovers(): Map<string, ts.QuickInfo | undefined> {
  const file = join(ROOT, 'test/package/typed.mts');
  const lines = [`import * as pw from 'tfjs-piecewise';`, ...TYPED.map(([expression]) => `${expression};`)];
  const text = lines.join('\n');
  const read = (name: string) => (name === file ? text : ts.sys.readFile(name));
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({
      module: ts.ModuleKind.Node16,
      target: ts.ScriptTarget.ES2022,
      skipLibCheck: true,
      types: [],
    }),
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const content = read(name);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => ROOT,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: read,
  });
  return new Map(
    TYPED.map(([expression]) => {
      const end = text.indexOf(`${expression};`) + expression.length;
      return [expression, service.getQuickInfoAtPosition(file, end - 1)];
    }),
  );
}

let shown: ReturnType<typeof hovers>;
beforeAll(() => {
  shown = hovers();
}, 60_000);

it.each(TYPED)('whoever types %s reads what it does, a formula, and an example', (expression, formula) => {
  const info = shown.get(expression)!;
  const text = ts.displayPartsToString(info.documentation);
  expect(text.length).toBeGreaterThan(150);
  expect(text).not.toMatch(/^See /);
  expect(text).toMatch(formula);
  const tags = (info.tags ?? []).map(({name}) => name);
  expect(tags).toEqual(expect.arrayContaining(['example', 'throws']));
});
