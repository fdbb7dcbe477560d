import {parseArgs} from 'node:util';
import {LITERT_WEIGHT_TYPES} from '../export/litert/weights';
import {WEIGHT_TYPES} from '../export/program/weights';
import {QUANTIZED_TYPES} from '../export/quantize/quantized';
import type {RowChoices} from './rows';
import {UsageError, wrongPaths} from './terminal';

export const FORMATS = ['onnx', 'litert', 'graph', 'dense', 'keras', 'quantized', 'js', 'c'] as const;
export type Format = (typeof FORMATS)[number];

/** How formats may store weights: what each does without being told comes first. */
const WEIGHTS = {
  litert: LITERT_WEIGHT_TYPES,
  quantized: QUANTIZED_TYPES,
  js: WEIGHT_TYPES,
  c: WEIGHT_TYPES,
} as const satisfies {[format in Format]?: readonly string[]};

/** A format, and what it has a choice of: how it shall store weights. */
export type Target = {
  [format in Format]: {
    to: format;
    weights: format extends keyof typeof WEIGHTS ? (typeof WEIGHTS)[format][number] : undefined;
    /** Whether the module holds WebAssembly. */
    simd: format extends 'js' ? boolean : false;
  };
}[Format];

export interface ExportOptions {
  /** A model.json, or its folder. */
  model: string;
  target: Target;
  /** The folder to write to. */
  folder: string;
  /** What to check the export on. */
  check?: RowChoices;
}

export const HELP = `npx tfjs-piecewise export MODEL --to FORMAT [options] FOLDER

  MODEL          the model.json of a layers model, or its folder
  --to onnx      FOLDER/model.onnx, for ONNX Runtime and all that reads ONNX
  --to litert    FOLDER/model.tflite, for phones, LiteRT.js and Python;
                 --weights float32 (if not said), float16 or int8
  --to graph     model.json and weights.bin of a graph model of TensorFlow.js,
                 which loads without this package
  --to dense     model.json and weights.bin of a layers model of layers of
                 TensorFlow.js alone: it can be trained further
  --to keras     model.json and weights.bin, for load_model of the Python
                 package tfjs_piecewise_keras
  --to quantized model.json and weights.bin of the same layers model in fewer
                 bytes; --weights uint8 (if not said), uint16 or float16
  --to js        model.mjs and model.d.mts: one module that imports nothing;
                 with --simd also WebAssembly in it, for 2 to 13 times the speed
  --to c         model.c and model.h: C99 that allocates nothing; like js with
                 --weights float32 (if not said), float16 or uint8
  --check FILE   a table: runs the export on its rows, and prints the largest
                 difference from the model. That takes a C compiler for c, the
                 Python package ai-edge-litert for litert, onnxruntime for onnx,
                 tfjs-piecewise-keras (pip install ./python in a checkout) for
                 keras, and nothing for the others
  --target NAME  the column of the answers: prints how right both are (default:
                 that of the training, for a model of compare or train)
  --no-header    the columns of the table are c1, c2, ...

  npx tfjs-piecewise export out/wht --to js web --check iris.csv
`;

/** Parses and checks the arguments of the export. */
export function parseExportOptions(args: string[]): ExportOptions {
  const {values, positionals} = parse(args);
  const [model, folder] = positionals;
  if (positionals.length !== 2 || model === '' || folder === '')
    throw wrongPaths('export', ['MODEL', 'FOLDER'], positionals);
  const to = FORMATS.find((format) => format === values.to);
  if (to === undefined) {
    const received = values.to === undefined ? 'none' : `'${values.to}'`;
    throw new UsageError(`export: --to must be one of ${FORMATS.join(', ')}, but received ${received}`);
  }
  return {model, target: targetOf(to, values), folder, check: checkOf(values)};
}

function checkOf(values: ReturnType<typeof parse>['values']): RowChoices | undefined {
  const {check, target, 'no-header': noHeader = false} = values;
  for (const [option, value] of Object.entries({check, target})) {
    if (value === '') throw new UsageError(`export: --${option} must not be empty, but received ''`);
  }
  if (check !== undefined) return {path: check, target, header: !noHeader};
  const option = target === undefined ? noHeader && '--no-header' : '--target';
  if (option) throw new UsageError(`export: ${option} must stand beside --check, but received no --check`);
  return undefined;
}

function targetOf(to: Format, {weights: given, simd = false}: ReturnType<typeof parse>['values']): Target {
  const choices: readonly string[] = Object.hasOwn(WEIGHTS, to) ? WEIGHTS[to as keyof typeof WEIGHTS] : [];
  if (given !== undefined && !choices.includes(given)) {
    const formats = Object.keys(WEIGHTS).join(', ');
    const expected =
      choices.length > 0
        ? `--weights of ${to} must be one of ${choices.join(', ')}, but received '${given}'`
        : `--weights does not apply to ${to}, only to ${formats}`;
    throw new UsageError(`export: ${expected}`);
  }
  if (simd && to !== 'js') throw new UsageError(`export: --simd does not apply to ${to}, only to js`);
  return {to, weights: given ?? choices[0], simd} as Target;
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        to: {type: 'string'},
        weights: {type: 'string'},
        simd: {type: 'boolean'},
        check: {type: 'string'},
        target: {type: 'string'},
        'no-header': {type: 'boolean'},
      },
    });
  } catch (error) {
    throw new UsageError(`export: ${(error as Error).message.replace(/\.$/, '')}`);
  }
}
