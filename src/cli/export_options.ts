import {parseArgs} from 'node:util';
import {UsageError} from './terminal';

export const FORMATS = ['onnx', 'graph', 'dense', 'keras', 'js', 'c'] as const;
export type Format = (typeof FORMATS)[number];

export interface ExportOptions {
  /** A model.json, or its folder. */
  model: string;
  to: Format;
  /** The folder to write to. */
  folder: string;
}

export const HELP = `npx tfjs-piecewise export MODEL --to FORMAT FOLDER

  MODEL          the model.json of a layers model, or its folder
  --to onnx      FOLDER/model.onnx, for ONNX Runtime and all that reads ONNX
  --to graph     model.json and weights.bin of a graph model of TensorFlow.js,
                 which loads without this package
  --to dense     model.json and weights.bin of a layers model of layers of
                 TensorFlow.js alone: it can be trained further
  --to keras     model.json and weights.bin, for load_model of the Python
                 package tfjs_piecewise_keras
  --to js        model.mjs and model.d.mts: one module that imports nothing
  --to c         model.c and model.h: C99 that allocates nothing
`;

/** Parses and checks the arguments of the export. */
export function parseExportOptions(args: string[]): ExportOptions {
  const {values, positionals} = parse(args);
  const [model, folder] = positionals;
  if (positionals.length !== 2 || model === '' || folder === '') {
    throw new UsageError(`export: there must be a MODEL and a FOLDER, but received ${positionals.length} paths`);
  }
  const to = FORMATS.find((format) => format === values.to);
  if (to === undefined) {
    const received = values.to === undefined ? 'none' : `'${values.to}'`;
    throw new UsageError(`export: --to must be one of ${FORMATS.join(', ')}, but received ${received}`);
  }
  return {model, to, folder};
}

function parse(args: string[]) {
  try {
    return parseArgs({args, allowPositionals: true, options: {to: {type: 'string'}}});
  } catch (error) {
    throw new UsageError(`export: ${(error as Error).message.replace(/\.$/, '')}`);
  }
}
