"""Random projection of one axis by random signs and the Walsh-Hadamard transform."""

import math

import keras
import numpy as np
from keras import ops

from tfjs_piecewise_keras.activations import activation_config, activation_of
from tfjs_piecewise_keras.errors import fail, require_bool, require_integer, require_number, require_one_of
from tfjs_piecewise_keras.initializers import PACKAGE
from tfjs_piecewise_keras.layers.base import PiecewiseLayer
from tfjs_piecewise_keras.layers.allocation_limit import reserve_numbers
from tfjs_piecewise_keras.layers.relu_pair import ReLUPair
from tfjs_piecewise_keras.ops.fit_units import expand_units, first_units, sphere
from tfjs_piecewise_keras.ops.walsh_hadamard import walsh_hadamard
from tfjs_piecewise_keras.random_bits import (
    BIAS_LENGTH,
    BIAS_STREAM,
    RANDOM_VERSION,
    random_positions,
    random_signs,
    random_uniform,
)


@keras.saving.register_keras_serializable(package=PACKAGE)
class WHTProjection(PiecewiseLayer):
    """`y = activation(g S H D_rounds ((H D_(rounds - 1)) ... (H D_1) E x + v) + bias)`: mixes all inputs, without weights.

    E repeats or pads the input to n, the smallest power of two that holds input and output; D are diagonals of random
    signs, H is the orthonormal transform, v makes the random bias, S selects `units` of the n values, g keeps the expected length.
    Input [..., d], output [..., units]; with another `axis` that axis changes.

    Args:
        units: Size of the output axis, any integer >= 1.
        rounds: Rounds of signs and transform. 2 for sparse or padded inputs, 3 for stand-alone features.
        seed: Integer that fixes signs and selection: the same bits as in JavaScript. Default: from the
            layer's place in its model.
        axis: The axis to mix, not the batch axis.
        trainable_signs: Train the diagonals, which start as the signs.
        expand: A shorter input is repeated ('tile') or followed by zeros ('pad').
        contract: Fewer units than the transform has: at random places ('subsample') or the first ones ('head').
        input_norm: 'sphere' divides the input by its root mean square along the axis; or 'none'.
        use_bias: Adds a trainable bias.
        random_bias: Size of a fixed random bias of the units, which is no weight: its root mean square as a share of that
            of the units for a standardized input. Without any bias a network of projections and slopes has
            f(c x) = c f(x) for c > 0. 0 makes the projection linear.
        activation: One of Keras, or 'relu_pair' or a `ReLUPair` of its own, whose slopes are weights of this layer.

    Weights: none; `signs` [rounds, n] with `trainable_signs`, `bias` [units] with `use_bias`, those of the ReLU pair.

    Example:
        keras.Sequential([keras.Input([784]), WHTProjection(1024, seed=1), ReLUPair(), keras.layers.Dense(10)])
    """

    # A model that was saved before there was a random bias has none.
    unsaved = {"random_bias": 0}

    def __init__(
        self,
        units,
        rounds=1,
        seed=None,
        axis=-1,
        trainable_signs=False,
        expand="tile",
        contract="subsample",
        input_norm="none",
        use_bias=False,
        random_bias=0.5,
        activation=None,
        random_version=RANDOM_VERSION,
        **kwargs,
    ):
        super().__init__(**kwargs)
        who = self.who
        self.units = require_integer(units, "units", who, 1, 1024)
        self.rounds = require_integer(rounds, "rounds", who, 1, 1)
        self.take_seed(seed)
        self.axis = require_integer(axis, "axis", who, -math.inf, -1)
        self.trainable_signs = require_bool(trainable_signs, "trainable_signs", who)
        self.expand = require_one_of(expand, "expand", who, ["tile", "pad"])
        self.contract = require_one_of(contract, "contract", who, ["subsample", "head"])
        self.input_norm = require_one_of(input_norm, "input_norm", who, ["none", "sphere"])
        self.use_bias = require_bool(use_bias, "use_bias", who)
        self.random_bias = require_number(random_bias, "random_bias", who, 0, math.inf, 0.5)
        self.pair = self._pair_of(activation)
        self.activation = activation_of(activation, who) if self.pair is None else None
        self.require_random_version(random_version)
        self.supports_masking = True
        self.signs = self.bias = None
        self._fixed_signs = self._fixed_bias = self._positions = None

    def build(self, input_shape):
        inputs = self._inputs_of(input_shape)
        seed = self.fix_seed()
        self._size = 1 << (max(inputs, self.units) - 1).bit_length()
        reserve_numbers((self.rounds + 2) * self._size, self.who)
        # The factor of the selection rides on the last diagonal. Repeating has brought some of it.
        length = inputs if self.expand == "tile" else self._size
        gains = [1.0] * (self.rounds - 1) + [math.sqrt(max(1, length / self.units))]
        diagonals = np.stack([random_signs(self._size, seed, round) for round in range(self.rounds)])
        if self.trainable_signs:
            start = lambda shape, dtype=None: ops.convert_to_tensor(diagonals, dtype=dtype)  # noqa: E731
            self.signs = self.add_weight(shape=(self.rounds, self._size), initializer=start, name="signs")
            self._gains = tuple(gains)
        else:
            self._fixed_signs = (diagonals * np.asarray(gains)[:, None]).astype("float32")
        if self.random_bias > 0:
            size = self.random_bias * math.sqrt(1 if self.expand == "tile" else inputs / self._size)
            count = min(self._size, BIAS_LENGTH)
            limit = size * math.sqrt(3 * self._size / count)
            self._fixed_bias = np.zeros(self._size, "float32")
            self._fixed_bias[:count] = limit * random_uniform(count, seed, BIAS_STREAM)
        if self.units < self._size and self.contract == "subsample":
            self._positions = random_positions(self._size, self.units, seed, self.rounds)
        if self.use_bias:
            self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")
        if self.pair:
            self.pair._position = self._position
            self.pair.build(self.compute_output_shape(input_shape))
        self.input_spec = keras.layers.InputSpec(min_ndim=2, axes={self.axis: inputs})

    def call(self, inputs):
        x = self.one_input(inputs)
        axis = self._axis_of(x.shape)
        y = sphere(x, axis) if self.input_norm == "sphere" else x
        y = expand_units(y, axis, self._size, self.expand)
        last = len(y.shape) - 1
        y = ops.moveaxis(y, axis, last) if axis != last else y
        for round in range(self.rounds):
            if round == self.rounds - 1 and self._fixed_bias is not None:
                y = y + ops.cast(self._fixed_bias, y.dtype)
            y = walsh_hadamard(y, signs=self._diagonal(round))
        if self._positions is not None:
            y = ops.take(y, self._positions, axis=last)
        elif self.units < self._size:
            y = first_units(y, last, self.units)
        if self.bias is not None:
            y = y + self.bias
        y = ops.moveaxis(y, last, axis) if axis != last else y
        if self.pair:
            return self.pair(y)
        return self.activation(y) if self.activation else y

    def compute_output_shape(self, input_shape):
        axis = self._axis_of(input_shape)
        return (*input_shape[:axis], self.units, *input_shape[axis + 1 :])

    def compute_mask(self, inputs, mask=None):
        """A projection along an axis of the mask mixes what the mask tells apart."""
        return None if mask is None or self._axis_of(inputs.shape) < len(mask.shape) else mask

    def get_config(self):
        names = "units rounds seed axis trainable_signs expand contract input_norm use_bias random_bias".split()
        pair = self.pair and keras.saving.serialize_keras_object(self.pair)
        if pair:
            pair.pop("build_config", None)  # this layer builds it
        return {
            **super().get_config(),
            **{name: getattr(self, name) for name in names},
            "activation": pair or activation_config(self.activation),
            "random_version": RANDOM_VERSION,
        }

    def _diagonal(self, round):
        return self._fixed_signs[round] if self.signs is None else self.signs[round] * self._gains[round]

    def _pair_of(self, activation):
        """The ReLU pair that `activation` asks for: by name, as a layer, or as its config."""
        if isinstance(activation, str) and activation in ("relu_pair", "reluPair"):
            return ReLUPair(name=f"{self.name}_activation")
        if isinstance(activation, dict) and activation.get("class_name") == "ReLUPair":
            activation = ReLUPair.from_config(activation["config"])
        if not isinstance(activation, ReLUPair):
            return None
        if activation.built:
            received = f"{activation.name}, which is used elsewhere"
            fail(self.who, "an activation must be a layer of its own", received, "Make a new ReLUPair().")
        if self.use_bias and activation.use_bias:
            received = "it in the layer and in its activation"
            fail(self.who, "use_bias may be set once", received, "The two would be one sum.")
        return activation

    def _axis_of(self, shape):
        """The axis counted from the front; the batch axis is refused."""
        axis = self.axis + len(shape) if self.axis < 0 else self.axis
        if not 1 <= axis < len(shape):
            expected = f"axis {self.axis} must be an axis of the input other than the batch axis 0"
            fail(self.who, expected, f"input shape {tuple(shape)}", "Axis -1 is the last one.")
        return axis

    def _inputs_of(self, shape):
        inputs = shape[self._axis_of(shape)]
        if not inputs:
            expected = f"the size of axis {self.axis} of the input must be known and >= 1"
            fail(self.who, expected, f"input shape {tuple(shape)}", "Give it in keras.Input, or reshape before.")
        return inputs
