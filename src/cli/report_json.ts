import type * as tf from '@tensorflow/tfjs';
import type {ParameterReport} from '../analysis';
import type {Regions} from './regions';
import type {ReportOptions} from './report_options';

/** The report as one JSON document. */
export function reportJson(
  model: tf.LayersModel,
  parameters: ParameterReport,
  regions: Regions | string,
  {model: path, data, seed}: ReportOptions,
  ends: string,
  pictures: readonly string[],
): string {
  const known = typeof regions !== 'string';
  const document = {
    model: {
      path,
      className: model.getClassName(),
      inputShape: model.inputs[0].shape.slice(1),
      outputShape: model.outputs[0].shape.slice(1),
    },
    parameters,
    segmentsBetween: {data: data ?? null, seed, ends},
    regions: known
      ? {
          segments: regions.segments,
          bounds: regions.bounds,
          expectedCells: regions.expectedCells,
          bends: regions.bendSummary,
        }
      : null,
    notCounted: known ? null : regions,
    pictures,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
