import type {Lowering} from '../layer_call';
import {line} from './activation';

export const rescaling: Lowering = ({inputs: [x], config}, graph) =>
  line(graph, x, config.scale as number, config.offset as number);
