"""Activation with two trainable slopes on each unit, or on a fraction of the units."""

import math

import keras
import numpy as np
from keras import ops

from tfjs_piecewise_keras.errors import fail, require_bool, require_integer, require_number
from tfjs_piecewise_keras.initializers import PACKAGE, initializer_of
from tfjs_piecewise_keras.layers.base import PiecewiseLayer
from tfjs_piecewise_keras.layers.allocation_limit import reserve_numbers
from tfjs_piecewise_keras.ops.relu_pair import relu_pair
from tfjs_piecewise_keras.random_bits import PAIR_STREAM, RANDOM_VERSION, random_bits, random_positions

_STARTS = {"zerocurvature": "zero_curvature", "relu": "relu", "uniform": "uniform"}


def _slope_initializers(identifier, seed, who):
    """The initializers of the negative and the positive slopes, and what is saved of them."""
    start = _STARTS.get(identifier.replace("_", "").lower()) if isinstance(identifier, str) else None
    zeros, ones, constant, uniform = (
        getattr(keras.initializers, name) for name in ("Zeros", "Ones", "Constant", "RandomUniform")
    )
    if start == "zero_curvature":
        return ones(), ones(), start
    if start == "relu":
        return zeros(), constant(math.sqrt(2)), start
    if start == "uniform":
        limit = math.sqrt(3)
        seeds = [1 + int(bits >> 1) for bits in random_bits(2, seed, PAIR_STREAM + 1)]
        return *(uniform(-limit, limit, seed=one) for one in seeds), start
    negative, positive = (initializer_of(identifier, who, use) for use in (0, 1))
    return negative, positive, negative


@keras.saving.register_keras_serializable(package=PACKAGE)
class ReLUPair(PiecewiseLayer):
    """`y = x * (x < 0 ? negative : positive)` with two trainable slopes per unit; with a bias `x + bias` for x.

    A fraction f pays 2 f trainable numbers per breakpoint; the other units are plain ReLUs. Input and output have one
    shape; a unit is one position of the axes that are not shared.

    Args:
        parametric_fraction: Fraction of the units, 0 to 1, that own two slopes.
        shared_axes: Axes along which positions share their slopes, as in `keras.layers.PReLU` (the first is 1).
        initializer: 'zero_curvature' (both slopes 1), 'relu' (0 and sqrt(2)), 'uniform', or one of Keras.
        seed: Integer that fixes which units are trainable. Default: from the layer's place in its model.
        use_bias: Adds a trainable bias before the slopes.
        fixed_gain: Slope above zero of the plain ReLUs.

    Weights: `negative` and `positive`, only the trainable ones; `bias` with `use_bias`.

    Example:
        ReLUPair(parametric_fraction=0.25)  # on 1024 units: 512 trainable numbers
    """

    def __init__(
        self,
        parametric_fraction=1,
        shared_axes=None,
        initializer="zero_curvature",
        seed=None,
        use_bias=False,
        fixed_gain=1,
        random_version=RANDOM_VERSION,
        **kwargs,
    ):
        super().__init__(**kwargs)
        who = self.who
        self.parametric_fraction = require_number(parametric_fraction, "parametric_fraction", who, 0, 1, 0.25)
        axes = () if shared_axes is None else tuple(np.ravel(shared_axes).tolist())
        self.shared_axes = tuple(require_integer(axis, "shared_axes", who, 1, 1) for axis in axes)
        self._has_shared_axes = shared_axes is not None
        self.take_seed(seed)
        self._start = _slope_initializers(initializer or "zero_curvature", 1, who)[2]
        self.use_bias = require_bool(use_bias, "use_bias", who)
        self.fixed_gain = require_number(fixed_gain, "fixed_gain", who, 0, math.inf, 1)
        self.require_random_version(random_version)
        self.supports_masking = True
        self.negative = self.positive = self.bias = None
        self._places = self._fixed = None

    def build(self, input_shape):
        shape = self._unit_shape = self._unit_shape_of(input_shape)
        units = math.prod(shape)
        trainable = math.floor(self.parametric_fraction * units + 0.5)
        own = shape if trainable == units else (trainable,)
        seed = self.fix_seed()
        if trainable > 0:
            negative, positive, _ = _slope_initializers(self._start, seed, self.who)
            self.negative = self.add_weight(shape=own, initializer=negative, name="negative")
            self.positive = self.add_weight(shape=own, initializer=positive, name="positive")
        if trainable < units:
            reserve_numbers(2 * units, self.who)
            positions = random_positions(units, trainable, seed, PAIR_STREAM)
            fixed = np.full(units, self.fixed_gain, dtype="float32")
            fixed[positions] = 0
            self._fixed = fixed.reshape(shape)
            # Where the slopes of a unit are; one past the end is the place of 0.
            self._places = np.full(units, trainable, dtype="int32")
            self._places[positions] = np.arange(trainable)
        if self.use_bias:
            self.bias = self.add_weight(shape=shape, initializer="zeros", name="bias")
        axes = {i + 1: size for i, size in enumerate(shape) if i + 1 not in self.shared_axes}
        self.input_spec = keras.layers.InputSpec(ndim=len(input_shape), axes=axes)

    def call(self, inputs):
        x = self.one_input(inputs)
        negative, positive = self.slopes(x.dtype)
        return relu_pair(x if self.bias is None else x + self.bias, negative, positive)

    def slopes(self, dtype):
        """The slopes of all units, below and above zero."""
        if self._fixed is None:
            return self.negative, self.positive
        fixed = ops.convert_to_tensor(self._fixed, dtype=dtype)
        if self.negative is None:
            return ops.zeros_like(fixed), fixed
        return self._at_all_units(self.negative), self._at_all_units(self.positive) + fixed

    def _at_all_units(self, slopes):
        padded = ops.pad(ops.convert_to_tensor(slopes), [(0, 1)])
        return ops.reshape(ops.take(padded, self._places, axis=0), self._unit_shape)

    def compute_output_shape(self, input_shape):
        return tuple(input_shape)

    def get_config(self):
        start = self._start if isinstance(self._start, str) else keras.initializers.serialize(self._start)
        return {
            **super().get_config(),
            "parametric_fraction": self.parametric_fraction,
            "shared_axes": list(self.shared_axes) if self._has_shared_axes else None,
            "initializer": start,
            "seed": self.seed,
            "use_bias": self.use_bias,
            "fixed_gain": self.fixed_gain,
            "random_version": RANDOM_VERSION,
        }

    def _unit_shape_of(self, input_shape):
        """The input's shape without the batch axis, 1 along shared axes."""
        for axis in self.shared_axes:
            if axis >= len(input_shape):
                received = f"{axis} for input shape {tuple(input_shape)}"
                fail(self.who, "shared_axes must be axes of the input", received, "The last is rank - 1.")
        sizes = [1 if i in self.shared_axes else size for i, size in enumerate(input_shape)][1:]
        for i, size in enumerate(sizes):
            if not size:
                expected = f"the size of axis {i + 1} must be known and >= 1, or the axis shared"
                fix = f"Give it in keras.Input, or pass shared_axes=[{i + 1}]."
                fail(self.who, expected, f"input shape {tuple(input_shape)}", fix)
        return tuple(sizes)
