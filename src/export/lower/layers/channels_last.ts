import type {GraphBuilder} from '../builder';
import type {Lowering} from '../layer_call';
import type {Size, Value} from '../operations';

/** A lowering for layers whose channels may come first: tfjs, too, computes with the channels last. */
export const channelsLast =
  (lower: Lowering): Lowering =>
  async (call, graph) => {
    const {config, inputs, outputShape} = call;
    if (config.dataFormat !== 'channelsFirst') return lower(call, graph);
    const moved = inputs.map((x) => withChannelsLast(graph, x));
    const [batch, channels, ...sizes] = outputShape;
    const shape: Size[] = [batch, ...sizes, channels];
    const last = {...call, inputs: moved, outputShape: shape, config: {...config, dataFormat: 'channelsLast'}};
    const y = await lower(last, graph);
    const axes = y.shape.map((_, axis) => axis);
    return graph.transpose(y, [0, axes.length - 1, ...axes.slice(1, -1)]);
  };

/** [batch, channels, ...sizes] as [batch, ...sizes, channels]. */
export const withChannelsLast = (graph: GraphBuilder, x: Value): Value =>
  graph.transpose(x, [0, ...x.shape.slice(2).map((_, i) => i + 2), 1]);
