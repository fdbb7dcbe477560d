import * as tf from '@tensorflow/tfjs';
import {parameterReport} from '../analysis';
import {writePictures} from './pictures';
import {readCsv} from './read_csv';
import {readModel} from './read_model';
import {countRegions} from './regions';
import {reportJson} from './report_json';
import {parseReportOptions} from './report_options';
import {reportText} from './report_text';
import {randomSamples, samplesOf} from './samples';
import type {Terminal} from './terminal';

export {HELP} from './report_options';

/** `tfjs-piecewise report`: what a saved model pays for its breakpoints, and how many linear regions it has. */
export async function report(args: string[], terminal: Terminal): Promise<void> {
  const options = parseReportOptions(args);
  const model = await readModel(options.model, 'report');
  const parameters = await parameterReport(model);
  const inputs = tf.util.sizeFromShape(model.inputs[0].shape.slice(1) as number[]);
  const samples = options.data
    ? samplesOf(await readCsv(options.data, inputs), options.seed)
    : randomSamples(inputs, options.seed);
  const regions = await countRegions(model, samples, options.segments);
  const pictures =
    options.svg && typeof regions !== 'string' ? await writePictures(options.svg, model, regions, samples) : [];
  terminal.print(
    options.json
      ? reportJson(model, parameters, regions, options, pictures)
      : reportText(model, parameters, regions, options, pictures, terminal.columns),
  );
}
