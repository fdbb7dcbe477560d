/**
 * Ways out: models as layers of TensorFlow.js alone, as graph model, ONNX or LiteRT file, as JavaScript or C, and with short weights.
 *
 * @module
 */

export type {WeightType} from './program/weights';
export {type QuantizedModel, type QuantizedWeight, type QuantizeOptions, quantize} from './quantize';
export {type CSource, type ToCOptions, toC} from './to_c';
export {toDense} from './to_dense';
export {toGraphModel} from './to_graph_model';
export {type JavaScriptModule, type ToJavaScriptOptions, toJavaScript} from './to_javascript';
export {type ToLiteRTOptions, toLiteRT} from './to_litert';
export {toOnnx} from './to_onnx';
