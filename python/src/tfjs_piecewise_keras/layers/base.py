"""What all layers of the package share."""

import math

import keras
from keras import ops

from tfjs_piecewise_keras.errors import fail, require_integer
from tfjs_piecewise_keras.random_bits import RANDOM_VERSION, seed_from_text


class PiecewiseLayer(keras.layers.Layer):
    """A layer of one floating-point input, with a seed that comes from its name where none is given."""

    @property
    def who(self):
        return f"layer {self.name}"

    def seed_or_name(self, seed):
        return require_integer(seed_from_text(self.name) if seed is None else seed, "seed", self.who, -math.inf, 1)

    def require_random_version(self, version):
        if version not in (None, RANDOM_VERSION):
            fix = "A newer tfjs-piecewise saved this model: update."
            fail(self.who, f"random_version must be {RANDOM_VERSION}", version, fix)

    def one_input(self, inputs):
        """The tensor of a layer that takes one."""
        x = ops.convert_to_tensor(inputs)
        if not keras.backend.is_float_dtype(x.dtype):
            dtype = keras.backend.standardize_dtype(x.dtype)
            fail(self.who, "the input must be of a floating-point type", dtype, 'Convert it: ops.cast(x, "float32").')
        return x

    def channels_of(self, input_shape):
        """The size of the last axis of the input."""
        if len(input_shape) < 2 or not input_shape[-1]:
            expected = "the input must have a batch axis and a last axis of known size"
            fail(self.who, expected, f"input shape {tuple(input_shape)}", "Give it, for example keras.Input([16]).")
        return input_shape[-1]
