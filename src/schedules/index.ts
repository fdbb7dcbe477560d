/**
 * Learning rates that follow the training, as callbacks of `fit`.
 *
 * @module
 */

export {Cosine, type CosineArgs, cosine} from './cosine';
export {OneCycle, type OneCycleArgs, oneCycle} from './one_cycle';
export {Schedule} from './schedule';
export {Warmup, type WarmupArgs, warmup} from './warmup';
