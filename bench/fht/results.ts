import type {Timing} from '../compare';
import type {Shape} from '../kernels';
import type {provenance} from '../machine';

export interface FhtRow {
  shape: Shape;
  ours: Timing;
  /** fht-cpu over its input, and on a copy of it, as ours leaves the input as it is. */
  inPlace: Timing;
  copied: Timing;
}

export interface FhtResults extends ReturnType<typeof provenance> {
  rows: FhtRow[];
}
