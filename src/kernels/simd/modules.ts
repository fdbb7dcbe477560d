/** What the SIMD modules export. Tensors are addresses; vectors that may be missing are then 0. */

type SelectedTransform = (
  x: number,
  y: number,
  outer: number,
  n: number,
  inner: number,
  scale: number,
  signs: number,
  indices: number,
  count: number,
  chunk: number,
  rows: number,
  scratch: number,
) => void;

/** assembly/projection.ts: `before`, and `below` with `above`, may be missing. */
export interface ProjectionModule {
  walshHadamard(
    x: number,
    y: number,
    outer: number,
    n: number,
    inner: number,
    scale: number,
    before: number,
    below: number,
    above: number,
  ): void;
  /** Units of the transform, and the adjoint: see the loops for `chunk`, `rows` and scratch. */
  selectedWalshHadamard: SelectedTransform;
  spreadWalshHadamard: SelectedTransform;
  reluPair(x: number, y: number, outer: number, units: number, inner: number, negative: number, positive: number): void;
  reluPairGradient(
    x: number,
    dy: number,
    dx: number,
    outer: number,
    units: number,
    inner: number,
    negative: number,
    positive: number,
    dnegative: number,
    dpositive: number,
    sums: number,
  ): void;
  reluPairSlopes(
    x: number,
    dy: number,
    outer: number,
    units: number,
    inner: number,
    dnegative: number,
    dpositive: number,
    sums: number,
  ): void;
  /** `chunk`: how many of `outer` at a time. */
  whtReLUPairForward(
    x: number,
    y: number,
    z: number,
    outer: number,
    n: number,
    inner: number,
    chunk: number,
    scale: number,
    signs: number,
    negative: number,
    positive: number,
  ): void;
  /** scratch: two doubles for each of n, and a chunk. */
  whtReLUPairBackward(
    z: number,
    dy: number,
    dx: number,
    outer: number,
    n: number,
    inner: number,
    chunk: number,
    scale: number,
    signs: number,
    negative: number,
    positive: number,
    dnegative: number,
    dpositive: number,
    scratch: number,
  ): void;
}

/** assembly/waves.ts: `period` and `width` of the columns. */
export interface WavesModule {
  triangleWave(
    x: number,
    y: number,
    size: number,
    peaks: number,
    scales: number,
    channels: number,
    depth: number,
    period: number,
    width: number,
    scratch: number,
  ): void;
  triangleWaveGradient(
    x: number,
    dy: number,
    dx: number,
    size: number,
    peaks: number,
    scales: number,
    dpeaks: number,
    dscales: number,
    channels: number,
    depth: number,
    period: number,
    width: number,
    scratch: number,
  ): void;
}

/** assembly/optimizers.ts: `size` in bytes, `share1` is 1 - beta1. */
export interface OptimizersModule {
  adamW(
    weight: number,
    gradient: number,
    first: number,
    second: number,
    newWeight: number,
    newFirst: number,
    newSecond: number,
    size: number,
    beta1: number,
    share1: number,
    beta2: number,
    share2: number,
    rate: number,
    epsilon: number,
    decay: number,
    rest: number,
  ): void;
}

/** assembly/products.ts: strides in bytes. */
export interface ProductsModule {
  /** c [rows, columns] = a b, with b [steps, columns]. */
  product(
    a: number,
    rowStride: number,
    stepStride: number,
    b: number,
    c: number,
    rows: number,
    columns: number,
    steps: number,
  ): void;
  transpose(from: number, to: number, rows: number, columns: number): void;
}

/** assembly/convolution.ts: tensors x, y and the filter, of which `kind` says which is made of the others. */
export interface ConvolutionModule {
  convolutionGradient(
    kind: number,
    x: number,
    y: number,
    filter: number,
    batch: number,
    inHeight: number,
    inWidth: number,
    channels: number,
    outHeight: number,
    outWidth: number,
    outChannels: number,
    filterHeight: number,
    filterWidth: number,
    strideHeight: number,
    strideWidth: number,
    dilationHeight: number,
    dilationWidth: number,
    top: number,
    left: number,
  ): void;
}
