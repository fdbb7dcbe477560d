import type {Network} from './networks';
import type {Run} from './train_network';

/** What tells a training from the others of one comparison. */
export interface TrainingKey {
  network: Pick<Network, 'family' | 'name'>;
  seed: number;
  rate: number;
  /** A short one, by which shape and rate are chosen; its weights are not needed. */
  trial: boolean;
}

/** What a training came to. */
export type Outcome = Pick<Run, 'epoch' | 'validation' | 'weights'>;

/** Trainings that are done, which an interrupted comparison does not do again. */
export interface KeptTrainings {
  get(key: TrainingKey): Outcome | null;
  put(key: TrainingKey, outcome: Outcome): Promise<void>;
}

export const NONE_KEPT: KeptTrainings = {get: () => null, put: async () => {}};
