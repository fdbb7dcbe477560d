"""What all layers of the package share."""

import math

import keras
from keras import ops

from tfjs_piecewise_keras.errors import fail, require_integer
from tfjs_piecewise_keras.layers.position import position_of
from tfjs_piecewise_keras.random_bits import RANDOM_VERSION, seed_from_text


class PiecewiseLayer(keras.layers.Layer):
    """A layer of one floating-point input, whose seed comes from its place in the model where none is given."""

    _position = 0
    # Values of options that a saved layer may lack, since it was saved before there were any.
    unsaved = {}

    @classmethod
    def from_config(cls, config):
        return super().from_config({**cls.unsaved, **config})

    def __call__(self, *args, **kwargs):
        if not self.built:
            self._position = position_of(args or tuple(kwargs.values()))
        return super().__call__(*args, **kwargs)

    @property
    def who(self):
        return f"layer {self.name}"

    def take_seed(self, seed):
        """The seed as given; None is settled when the layer is built."""
        self.seed = None if seed is None else require_integer(seed, "seed", self.who, -math.inf, 1)

    def fix_seed(self):
        """The seed, from here on fixed: for `build`, which needs the random numbers."""
        if self.seed is None:
            self.seed = seed_from_text(f"{type(self).__name__} {self._position}")
        return self.seed

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
