"""What `keras.layers.BatchNormalization` does to the last axis, with weights of the wave layer's own."""

from keras import ops

MOMENTUM = 0.99
EPSILON = 1e-3


class WaveBatchNorm:
    """In training by mean and variance of the batch, which the moving ones follow; else, and frozen, by the moving ones."""

    def __init__(self, channels, add):
        self._scale = add("norm_scale", (channels,), "ones")
        self._offset = add("norm_offset", (channels,), "zeros")
        self._mean = add("norm_mean", (channels,), "zeros", False)
        self._variance = add("norm_variance", (channels,), "ones", False)

    def apply(self, x, training):
        mean, variance = self._mean, self._variance
        if training:
            mean, variance = ops.moments(x, axes=list(range(len(x.shape) - 1)))
            self._mean.assign(self._mean + (mean - self._mean) * (1 - MOMENTUM))
            self._variance.assign(self._variance + (variance - self._variance) * (1 - MOMENTUM))
        return (x - mean) * (ops.rsqrt(variance + EPSILON) * self._scale) + self._offset
