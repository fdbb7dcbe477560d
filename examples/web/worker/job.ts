import type * as tf from '@tensorflow/tfjs';
import type {NetworkName, Reply} from './messages';

/** What a worker trains, step by step. */
export interface Job {
  /** Whether it has trained to its end. */
  readonly done: boolean;
  /** Trains for so many milliseconds, or a little longer; for 0 as little as can be. */
  step(milliseconds: number): Promise<void>;
  report(): Promise<Reply>;
  /** What can be saved. */
  model(name: NetworkName): tf.LayersModel;
  dispose(): void;
}
