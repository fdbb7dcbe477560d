import type * as tf from '@tensorflow/tfjs';
import type {Format} from '../export_options';
import {type RowChoices, readRows, unknownText} from '../rows';
import type {Terminal} from '../terminal';
import {judge, verdictText} from './judge';
import {findRuntime, outputsOf} from './runtimes';

/**
 * What compares an export in a folder with its model, and says how far it is.
 *
 * @throws If the rows do not fit the model, or nothing here runs the format.
 */
export async function checkerOf(
  model: tf.LayersModel,
  to: Format,
  choices: RowChoices,
  terminal: Terminal,
): Promise<(folder: string) => Promise<string>> {
  const rows = await readRows(model, choices, {who: 'export', option: '--check'});
  const runtime = await findRuntime(to);
  terminal.complain(unknownText(rows.unknown));
  return async (folder) => {
    const shape = model.inputs[0].shape.slice(1) as number[];
    const exported = await runtime.run(folder, rows.x, shape);
    return verdictText(rows, choices.path, runtime.name, judge(rows, outputsOf(model, rows.x, shape), exported));
  };
}
