import * as tf from '@tensorflow/tfjs';
import type {HostMemory} from '../host/memory';

/** An attribute of a TensorFlow op: its kind is one of the constants of the binding. */
interface OpAttribute {
  name: string;
  type: number;
  value: number | boolean;
}

/** What our kernels use of the backend of tfjs-node. */
export interface TensorFlowBackend {
  isUsingGpuDevice: boolean;
  binding: Record<'TF_ATTR_TYPE' | 'TF_ATTR_BOOL' | 'TF_ATTR_INT' | 'TF_ATTR_FLOAT' | 'TF_FLOAT' | 'TF_INT32', number>;
  executeSingleOutput(op: string, attributes: OpAttribute[], inputs: tf.TensorInfo[]): tf.Tensor;
  executeMultipleOutputs(op: string, attributes: OpAttribute[], inputs: tf.TensorInfo[], outputs: number): tf.Tensor[];
  readSync(dataId: object): Float32Array;
  write(values: Float32Array, shape: number[], dtype: 'float32'): object;
  disposeData(dataId: object): boolean;
}

/** Host memory of tensors that live in TensorFlow: each read and write is one copy. */
export const memory: HostMemory = {
  read: (backend, tensor) => (backend as TensorFlowBackend).readSync(tensor.dataId),
  write: (backend, shape, values) => ({
    dataId: (backend as TensorFlowBackend).write(values, shape, 'float32'),
    shape,
    dtype: 'float32',
  }),
};

/** The TensorFlow ops that our kernels are made of. Call inside tf.tidy: every result is a tensor of the engine. */
export function ops(context: unknown) {
  const backend = context as TensorFlowBackend;
  const {TF_ATTR_TYPE, TF_ATTR_BOOL, TF_FLOAT, TF_INT32} = backend.binding;
  const T = {name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT};
  const flag = (name: string, value: boolean) => ({name, type: TF_ATTR_BOOL, value});
  return {
    /** Elementwise, with broadcasting: Mul, Less, ... */
    binary: (op: string, a: tf.TensorInfo, b: tf.TensorInfo) => backend.executeSingleOutput(op, [T], [a, b]),
    unary: (op: string, x: tf.TensorInfo) => backend.executeSingleOutput(op, [T], [x]),
    select: (condition: tf.TensorInfo, a: tf.TensorInfo, b: tf.TensorInfo) =>
      backend.executeSingleOutput('SelectV2', [T], [condition, a, b]),
    matMul: (a: tf.TensorInfo, b: tf.TensorInfo, transposed?: 'first' | 'second') =>
      backend.executeSingleOutput(
        'MatMul',
        [flag('transpose_a', transposed === 'first'), flag('transpose_b', transposed === 'second'), T],
        [a, b],
      ),
    /** Over the last two axes; the others broadcast. */
    batchMatMul: (a: tf.TensorInfo, b: tf.TensorInfo) =>
      backend.executeSingleOutput('BatchMatMulV2', [T, flag('adj_x', false), flag('adj_y', false)], [a, b]),
    sum: (x: tf.TensorInfo, axes: number[]) =>
      backend.executeSingleOutput(
        'Sum',
        [flag('keep_dims', false), T, {name: 'Tidx', type: TF_ATTR_TYPE, value: TF_INT32}],
        [x, tf.tensor1d(axes, 'int32')],
      ),
    /** An op of TensorFlow, so none where nothing changes. Unlike tf.reshape it records nothing for derivatives. */
    reshape: (x: tf.Tensor, shape: number[]) =>
      tf.util.arraysEqual(x.shape, shape)
        ? x
        : backend.executeSingleOutput(
            'Reshape',
            [T, {name: 'Tshape', type: TF_ATTR_TYPE, value: TF_INT32}],
            [x, tf.tensor1d(shape, 'int32')],
          ),
  };
}
