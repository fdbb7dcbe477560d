"""Drop-in for a dense layer made of learned functions of one variable."""

import keras
from keras import ops

from tfjs_piecewise_keras.activations import activation_config, activation_of
from tfjs_piecewise_keras.errors import fail, require_bool, require_integer
from tfjs_piecewise_keras.initializers import PACKAGE, initializer_of, serialized
from tfjs_piecewise_keras.layers.wave_layer import WaveLayer
from tfjs_piecewise_keras.random_bits import seed_of


@keras.saving.register_keras_serializable(package=PACKAGE)
class RegionDense(WaveLayer):
    __doc__ = f"""`y = activation(V Phi(norm(U x + c)) + b)`: each direction of U goes through a function of its own.

    {WaveLayer.__doc__}
        units: Size of the output's last axis.
        subnets: Number of learned functions between the two linear maps. Default: units.
        use_bias: Adds a trainable bias to the output.
        kernel_initializer: Start of the first linear map. Default: 'glorot_uniform'.
        mix_initializer: Start of the second linear map. Default: as kernel_initializer, with other random numbers.
        bias_initializer: Start of the output's bias.
        activation: Activation of the output. Default: none.

    Input [..., d], output [..., units].

    Weights: `kernel` [d, subnets], `offset` [subnets], those of `TriangleWave` without the intercept for `subnets`
    channels, `mix` [subnets, units], `bias` [units].

    Example:
        keras.Sequential([keras.Input([2]), RegionDense(16, depth=4), keras.layers.Dense(1)])
    """

    default_input_norm = "sigmoid"

    def __init__(
        self,
        units,
        subnets=None,
        use_bias=True,
        kernel_initializer=None,
        mix_initializer=None,
        bias_initializer="zeros",
        activation=None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        who = self.who
        self.units = require_integer(units, "units", who, 1, 16)
        self.subnets = require_integer(self.units if subnets is None else subnets, "subnets", who, 1, 16)
        self.use_bias = require_bool(use_bias, "use_bias", who)
        self.supports_masking = True
        mix, use = (mix_initializer, 0) if mix_initializer else (kernel_initializer, 1)
        self.kernel_initializer = initializer_of(kernel_initializer, who) if kernel_initializer else None
        self.mix_initializer = initializer_of(mix, who, use) if mix else None
        self.bias_initializer = initializer_of(bias_initializer or "zeros", who)
        self.activation = activation_of(activation, who)
        if self.options["base"]["intercept"]:
            received = self.options["base"]["intercept"]
            fail(who, "there must be no base['intercept']", received, "The bias of the output does its work.")
        self.bias = None

    def build(self, input_shape):
        inputs = self.channels_of(input_shape)
        start = keras.initializers.GlorotUniform(seed=seed_of(self.fix_seed(), 1))
        self.kernel_initializer = self.kernel_initializer or initializer_of(start, self.who)
        self.mix_initializer = self.mix_initializer or initializer_of(start, self.who, 1)
        self.kernel = self.add_weight(
            shape=(inputs, self.subnets), initializer=self.kernel_initializer, name="kernel"
        )
        self.offset = None
        if self.options["input_norm"] != "batch_norm+sigmoid":  # which would take it off again
            self.offset = self.add_weight(shape=(self.subnets,), initializer="zeros", name="offset")
        self.add_wave_weights(self.subnets, with_intercept=False)
        self.mix = self.add_weight(shape=(self.subnets, self.units), initializer=self.mix_initializer, name="mix")
        if self.use_bias:
            self.bias = self.add_weight(shape=(self.units,), initializer=self.bias_initializer, name="bias")
        self.input_spec = keras.layers.InputSpec(min_ndim=2, axes={-1: inputs})

    def call(self, inputs, training=None):
        directions = ops.matmul(self.one_input(inputs), self.kernel)
        directions = directions if self.offset is None else directions + self.offset
        y = ops.matmul(self.apply_wave(directions, training), self.mix)
        y = y if self.bias is None else y + self.bias
        return self.activation(y) if self.activation else y

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], self.units)

    def get_config(self):
        return {
            **super().get_config(),
            "units": self.units,
            "subnets": self.subnets,
            "use_bias": self.use_bias,
            "kernel_initializer": serialized(self.kernel_initializer),
            "mix_initializer": serialized(self.mix_initializer),
            "bias_initializer": keras.initializers.serialize(self.bias_initializer),
            "activation": activation_config(self.activation),
        }
