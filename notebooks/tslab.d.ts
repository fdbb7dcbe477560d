/** What the notebooks use of their kernel, for the type check: the kernel itself is not among the project's packages. */
declare module 'tslab' {
  export const display: {
    svg(text: string): void;
    markdown(text: string): void;
    html(text: string): void;
  };
}

/** It comes with the set-up of the notebooks, not with the project. */
declare module 'onnxruntime-node' {
  export class Tensor {
    constructor(type: 'float32', data: Float32Array, shape: readonly number[]);
    readonly data: Float32Array;
  }
  export const InferenceSession: {
    create(file: string): Promise<{
      inputNames: string[];
      outputNames: string[];
      run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>>;
    }>;
  };
}
