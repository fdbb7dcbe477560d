import {fail} from '../errors';
import type {Shape} from '../tfjs_internals';

/** The size of the last axis of a layer's input. */
export function channelsOf(shape: Shape, layer: string): number {
  const channels = shape[shape.length - 1];
  if (!(shape.length >= 2 && channels !== null && channels >= 1)) {
    fail(
      `layer ${layer}`,
      'the input must have a batch axis and a last axis of known size',
      `input shape [${shape.map((size) => size ?? 'null')}]`,
      'Give it in inputShape, for example {inputShape: [16]}.',
    );
  }
  return channels;
}
