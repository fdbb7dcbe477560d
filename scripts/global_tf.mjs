// TensorFlow.js of a page without a bundler, for the build in one file.
export const {tf} = globalThis;

if (!tf?.registerKernel) {
  const script = '<script src="https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@4.22.0/dist/tf.min.js"></script>';
  throw new Error(
    `tfjs-piecewise: TensorFlow.js must be the global tf, but received ${tf}. Put ${script} before the module script.`,
  );
}
