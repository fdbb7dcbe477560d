/** The numbers that describe a convolution of images [batchSize, height, width, channels], by the names of tfjs. */
export interface ConvolutionInfo {
  batchSize: number;
  inHeight: number;
  inWidth: number;
  inChannels: number;
  outHeight: number;
  outWidth: number;
  outChannels: number;
  filterHeight: number;
  filterWidth: number;
  strideHeight: number;
  strideWidth: number;
  dilationHeight: number;
  dilationWidth: number;
  padInfo: {top: number; left: number};
}

/** Visits each pixel of the output with each tap of the filter that meets a pixel of the input: the numbers of all three. */
function walk(info: ConvolutionInfo, visit: (pixel: number, outPixel: number, tap: number) => void): void {
  const {batchSize, inHeight, inWidth, outHeight, outWidth, filterHeight, filterWidth, padInfo} = info;
  for (let n = 0; n < batchSize; n++) {
    for (let row = 0; row < outHeight; row++) {
      for (let i = 0; i < filterHeight; i++) {
        const inRow = row * info.strideHeight + i * info.dilationHeight - padInfo.top;
        if (inRow < 0 || inRow >= inHeight) continue;
        for (let column = 0; column < outWidth; column++) {
          const outPixel = (n * outHeight + row) * outWidth + column;
          for (let j = 0; j < filterWidth; j++) {
            const inColumn = column * info.strideWidth + j * info.dilationWidth - padInfo.left;
            if (inColumn < 0 || inColumn >= inWidth) continue;
            visit((n * inHeight + inRow) * inWidth + inColumn, outPixel, i * filterWidth + j);
          }
        }
      }
    }
  }
}

/** Derivative of sum(dy * conv2d(x, filter)) by the filter [height, width, channels, outChannels], summed in doubles. */
export function convolutionFilterGradient(x: Float32Array, dy: Float32Array, info: ConvolutionInfo): Float32Array {
  const {inChannels, outChannels, filterHeight, filterWidth} = info;
  const sums = new Float64Array(filterHeight * filterWidth * inChannels * outChannels);
  walk(info, (pixel, outPixel, tap) => {
    for (let c = 0; c < inChannels; c++) {
      const value = x[pixel * inChannels + c];
      const at = (tap * inChannels + c) * outChannels;
      for (let k = 0; k < outChannels; k++) sums[at + k] += value * dy[outPixel * outChannels + k];
    }
  });
  return Float32Array.from(sums);
}

/** Derivative of sum(dy * depthwiseConv2d(x, filter)) by the filter [height, width, channels, multiplier]. */
export function depthwiseFilterGradient(x: Float32Array, dy: Float32Array, info: ConvolutionInfo): Float32Array {
  const {inChannels, outChannels, filterHeight, filterWidth} = info;
  const multiplier = outChannels / inChannels;
  const sums = new Float64Array(filterHeight * filterWidth * outChannels);
  walk(info, (pixel, outPixel, tap) => {
    for (let k = 0; k < outChannels; k++) {
      sums[tap * outChannels + k] += x[pixel * inChannels + ~~(k / multiplier)] * dy[outPixel * outChannels + k];
    }
  });
  return Float32Array.from(sums);
}

/** Derivative of sum(dy * depthwiseConv2d(x, filter)) by x. */
export function depthwiseInputGradient(dy: Float32Array, filter: Float32Array, info: ConvolutionInfo): Float32Array {
  const {batchSize, inHeight, inWidth, inChannels, outChannels} = info;
  const multiplier = outChannels / inChannels;
  const sums = new Float64Array(batchSize * inHeight * inWidth * inChannels);
  walk(info, (pixel, outPixel, tap) => {
    for (let k = 0; k < outChannels; k++) {
      sums[pixel * inChannels + ~~(k / multiplier)] += dy[outPixel * outChannels + k] * filter[tap * outChannels + k];
    }
  });
  return Float32Array.from(sums);
}
