import type * as tf from '@tensorflow/tfjs';
import {plainName} from './unique_names';

/** What a program says of its model besides numbers. */
export interface About {
  /** Letters, digits and `_.-/`. */
  readonly name: string;
  readonly labels: readonly string[] | null;
  /** As JSON. */
  readonly metadata: string | null;
}

/** What users wrote into a model; `labels` of it are the names of the classes. */
export function aboutOf(model: tf.LayersModel): About {
  const metadata = model.getUserDefinedMetadata() as {labels?: unknown} | undefined;
  const labels = metadata?.labels;
  const isList = Array.isArray(labels) && labels.length > 0 && labels.every((label) => typeof label === 'string');
  return {
    name: plainName(model.name),
    labels: isList ? labels : null,
    metadata: metadata && Object.keys(metadata).length > 0 ? JSON.stringify(metadata) : null,
  };
}
