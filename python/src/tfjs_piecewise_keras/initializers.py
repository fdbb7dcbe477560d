"""Starts of weights, with the names and the random bits of the JavaScript package."""

import math

import keras
import numpy as np
from keras import ops

from tfjs_piecewise_keras.errors import fail, require_integer, require_number
from tfjs_piecewise_keras.random_bits import random_bits

PACKAGE = "tfjs_piecewise"

# The first round of random numbers that no layer of the same seed uses.
STREAM = 2**18


def draw_uniform(shape, seed, stream):
    """Numbers uniform in (0, 1) as doubles; each stream of a seed is independent."""
    return (random_bits(math.prod(shape), seed, STREAM + stream).reshape(shape) + 0.5) / 2**32


def draw_normal(shape, seed, stream):
    """Standard normal numbers (Box-Muller), from two streams."""
    radius, angle = draw_uniform(shape, seed, stream), draw_uniform(shape, seed, stream + 1)
    return np.sqrt(-2 * np.log(radius)) * np.cos(2 * np.pi * angle)


class _Seeded(keras.initializers.Initializer):
    def __init__(self, seed=None):
        drawn = int(np.random.default_rng().integers(2**31)) if seed is None else seed
        self.seed = require_integer(drawn, "seed", self.who, -math.inf, 1)

    @property
    def who(self):
        return f"initializer {type(self).__name__}"

    def __call__(self, shape, dtype=None):
        return ops.convert_to_tensor(self.values(tuple(shape)).astype("float32"), dtype=dtype or "float32")

    def get_config(self):
        return {"seed": self.seed}


class _FanIn(_Seeded):
    def __init__(self, seed=None, fan_in=None):
        super().__init__(seed)
        self.fan_in = None if fan_in is None else require_integer(fan_in, "fan_in", self.who, 1, 16)

    def fan_in_of(self, shape):
        if self.fan_in is not None:
            return self.fan_in
        if len(shape) < 2:
            fail(self.who, "a bias needs the number of inputs of its units", shape, "For example fan_in=16.")
        return math.prod(shape[:-1])

    def get_config(self):
        return {**super().get_config(), "fan_in": self.fan_in}


@keras.saving.register_keras_serializable(package=PACKAGE)
class Given(keras.initializers.Initializer):
    """Weights given one by one, saved with the model's config.

    Example:
        TriangleWave(depth=2, peak_initializer=Given([[0.3, 0.6, 0.5]]))
    """

    def __init__(self, values):
        self.given = values.tolist() if isinstance(values, np.ndarray) else values
        try:
            self.numbers = np.asarray(self.given, dtype="float64")
        except (TypeError, ValueError):
            self.numbers = np.zeros(0)
        if self.numbers.size == 0 or not np.isfinite(self.numbers).all():
            fail("initializer Given", "values must be nested lists of finite numbers", values, "For example [[1, -1]].")

    def __call__(self, shape, dtype=None):
        if tuple(shape) != self.numbers.shape:
            expected = f"values must have the shape {list(shape)} of the weight"
            fail("initializer Given", expected, list(self.numbers.shape), "Nest them like it.")
        return ops.convert_to_tensor(self.numbers.astype("float32"), dtype=dtype or "float32")

    def get_config(self):
        return {"values": self.given}


@keras.saving.register_keras_serializable(package=PACKAGE)
class PeakConstant(keras.initializers.Initializer):
    """Equal peaks of triangle waves, in (0, 1): with 1/2 all pieces of a wave are equally long."""

    def __init__(self, value=0.5):
        self.value = require_number(value, "value", "initializer PeakConstant", 0, 1, 0.5)
        if self.value in (0, 1):
            fail("initializer PeakConstant", "value must lie between 0 and 1", value, "A tent needs two sides.")

    def __call__(self, shape, dtype=None):
        return ops.full(shape, self.value, dtype=dtype or "float32")

    def get_config(self):
        return {"value": self.value}


@keras.saving.register_keras_serializable(package=PACKAGE)
class PeakUniform(_Seeded):
    """Random peaks of triangle waves, uniform in (minval, maxval); (0, 1) reproduces the published experiments."""

    def __init__(self, minval=0.25, maxval=0.75, seed=None):
        super().__init__(seed)
        self.minval = require_number(minval, "minval", self.who, 0, 1, 0.25)
        self.maxval = require_number(maxval, "maxval", self.who, 0, 1, 0.75)
        if self.minval >= self.maxval:
            received = f"minval {minval} and maxval {maxval}"
            fail(self.who, "minval must be below maxval", received, "For equal peaks use PeakConstant.")

    def values(self, shape):
        return self.minval + (self.maxval - self.minval) * draw_uniform(shape, self.seed, 0)

    def get_config(self):
        return {"minval": self.minval, "maxval": self.maxval, **super().get_config()}


@keras.saving.register_keras_serializable(package=PACKAGE)
class TorchLinear(_FanIn):
    """The start of PyTorch's `nn.Linear`, for kernel and bias: U(-1 / sqrt(fan_in), 1 / sqrt(fan_in))."""

    def values(self, shape):
        limit = 1 / math.sqrt(self.fan_in_of(shape))
        # A stream for kernels, one for biases: they may have the same seed.
        return limit * (2 * draw_uniform(shape, self.seed, min(len(shape), 2)) - 1)


@keras.saving.register_keras_serializable(package=PACKAGE)
class RAI(_FanIn):
    """Randomized asymmetric initialization: one entry of each ReLU unit is positive, so that fewer units start dead.

    Source: Lu, Shin, Su and Karniadakis, "Dying ReLU and initialization", 2020.
    """

    SIGMA = 0.6007  # the standard deviation, times sqrt(fan_in), that goes with a Beta(2, 1) entry
    CHOICE, POSITIVE, KERNEL, BIAS = 10, 11, 12, 14  # streams of random numbers

    def values(self, shape):
        fan_in, units, is_bias = self.fan_in_of(shape), shape[-1], len(shape) < 2
        chosen = np.floor(draw_uniform((units,), self.seed, self.CHOICE) * (fan_in + 1))
        positive = np.sqrt(draw_uniform((units,), self.seed, self.POSITIVE))  # Beta(2, 1)
        others = draw_normal(shape, self.seed, self.BIAS if is_bias else self.KERNEL) * self.SIGMA / math.sqrt(fan_in)
        entry = np.asarray(fan_in) if is_bias else np.arange(math.prod(shape[:-1])).reshape(*shape[:-1], 1)
        return np.where(chosen == entry, positive, others)


OWN = {cls.__name__: cls for cls in (Given, PeakConstant, PeakUniform, RAI, TorchLinear)}

# Names that stand for an initializer without arguments; those of the JavaScript package, and as Python writes them.
_NAMES = {"peakconstant": PeakConstant, "peakuniform": PeakUniform, "rai": RAI, "torchlinear": TorchLinear}


def initializer_of(identifier, who, use=0):
    """An initializer by name, config or object. A second `use` of one with a seed draws other numbers."""
    if isinstance(identifier, str):
        own = _NAMES.get(identifier.replace("_", "").lower())
        identifier = own() if own else identifier
    try:
        initializer = keras.initializers.get(identifier)
    except (TypeError, ValueError):
        initializer = None
    if not callable(initializer):
        fail(who, "an initializer must be a name, a config or an object", identifier, "For example 'glorot_uniform'.")
    config = initializer.get_config() if isinstance(initializer, keras.initializers.Initializer) else {}
    for key, value in config.items():
        if isinstance(value, float) and not math.isfinite(value):
            fail(who, f"{key} of the initializer must be a finite number", value, "A NaN would spread to every output.")
    if use and isinstance(config.get("seed"), int):
        return type(initializer).from_config({**config, "seed": config["seed"] + use})
    return initializer


def serialized(initializer):
    """What a layer saves of an initializer; None of a default whose seed is not fixed yet."""
    return None if initializer is None else keras.initializers.serialize(initializer)
