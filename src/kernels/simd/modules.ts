/** What the SIMD modules export. Tensors are addresses; vectors that may be missing are then 0. */

/** What loops are told of an axis that is longer than that of x: see assembly/expansion.ts. */
export type Expansion = [units: number, tiled: number, offset: number, moved: number];

type Transform = [
  x: number,
  z: number,
  y: number,
  outer: number,
  n: number,
  inner: number,
  scale: number,
  before: number,
  below: number,
  above: number,
];

type Selection = [
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
];

/** assembly/projection.ts: `before`, `below` with `above`, dx of `reluPairGradient`, and `sums` of a few rows may be missing. */
export interface ProjectionModule {
  walshHadamard(...transform: Transform): void;
  expandedWalshHadamard(...transform: [...Transform, ...Expansion]): void;
  /** Units of the transform, and the adjoint: see the loops for `chunk`, `rows` and scratch. */
  selectedWalshHadamard(...selection: [...Selection, ...Expansion]): void;
  spreadWalshHadamard(...selection: Selection): void;
  /** y = g * the slope for the sign of x. */
  reluPair(
    x: number,
    g: number,
    y: number,
    outer: number,
    units: number,
    inner: number,
    negative: number,
    positive: number,
  ): void;
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
  whtReLUPairBackward(
    z: number,
    dy: number,
    dx: number,
    outer: number,
    n: number,
    inner: number,
    scale: number,
    signs: number,
    negative: number,
    positive: number,
    dnegative: number,
    dpositive: number,
    sums: number,
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
