"""Learned piecewise-linear activation."""

import keras

from tfjs_piecewise_keras.initializers import PACKAGE
from tfjs_piecewise_keras.layers.wave_layer import WaveLayer


@keras.saving.register_keras_serializable(package=PACKAGE)
class TriangleWave(WaveLayer):
    __doc__ = f"""Activation with exactly 2^depth linear regions, at the start and while it trains.

    {WaveLayer.__doc__}
    Input and output [..., channels]; one function of depth + 3 weights per channel.

    Weights: `peaks`, `scales` for 'free' and 'takagi', `fraction` or `amplitude` for scale 'train' or a number, `slope`,
    `intercept`, `gamma` with curvature 'signed'; with 'dc' `convex_peaks`, `concave_peaks` and so on.

    Example:
        keras.Sequential([keras.Input([1]), TriangleWave(depth=5)])  # a convex function of 32 pieces from 8 weights
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.supports_masking = True

    def build(self, input_shape):
        channels = self.channels_of(input_shape)
        self.add_wave_weights(channels, with_intercept=True)
        self.input_spec = keras.layers.InputSpec(min_ndim=2, axes={-1: channels})

    def call(self, inputs, training=None):
        return self.apply_wave(self.one_input(inputs), training)

    def compute_output_shape(self, input_shape):
        return tuple(input_shape)
