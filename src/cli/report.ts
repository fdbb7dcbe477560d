import * as tf from '@tensorflow/tfjs';
import {parameterReport} from '../analysis';
import {inputBox} from './input_box';
import {writePictures} from './pictures';
import {readModel} from './read_model';
import {countRegions} from './regions';
import {reportJson} from './report_json';
import {parseReportOptions, type ReportOptions} from './report_options';
import {reportText} from './report_text';
import {readRows, unknownText} from './rows';
import {randomSamples, type Samples, samplesOf} from './samples';
import type {Terminal} from './terminal';

export {HELP} from './report_options';

/** `tfjs-piecewise report`: what a saved model pays for its breakpoints, and how many linear regions it has. */
export async function report(args: string[], terminal: Terminal): Promise<void> {
  const options = parseReportOptions(args);
  const model = await readModel(options.model, 'report');
  const parameters = await parameterReport(model);
  const samples = await samplesFor(model, options, terminal);
  const regions = await countRegions(model, samples, options.segments);
  const pictures =
    options.svg && typeof regions !== 'string' ? await writePictures(options.svg, model, regions, samples) : [];
  terminal.print(
    options.json
      ? reportJson(model, parameters, regions, options, samples.about, pictures)
      : reportText(model, parameters, regions, options, samples.about, pictures, terminal.columns),
  );
}

async function samplesFor(
  model: tf.LayersModel,
  {data, header, seed}: ReportOptions,
  terminal: Terminal,
): Promise<Samples> {
  if (data === undefined) {
    const inputs = tf.util.sizeFromShape(model.inputs[0].shape.slice(1) as number[]);
    return randomSamples(inputBox(model, inputs), seed);
  }
  const rows = await readRows(model, {path: data, header, target: null}, {who: 'report', option: '--data'});
  terminal.complain(unknownText(rows.unknown));
  return samplesOf(rows, data, seed);
}
