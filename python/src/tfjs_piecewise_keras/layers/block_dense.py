"""Independent small dense layers side by side."""

import keras
from keras import ops

from tfjs_piecewise_keras.activations import activation_config, activation_of
from tfjs_piecewise_keras.errors import fail, require_bool, require_integer
from tfjs_piecewise_keras.initializers import PACKAGE, initializer_of, serialized
from tfjs_piecewise_keras.layers.base import PiecewiseLayer
from tfjs_piecewise_keras.random_bits import RANDOM_VERSION, seed_of


@keras.saving.register_keras_serializable(package=PACKAGE)
class BlockDense(PiecewiseLayer):
    """A dense layer with a block-diagonal kernel: `y_k = activation(x_k K_k + b_k)`, x_k the k-th group of `size` inputs.

    Input and output [..., blocks * size].

    Args:
        blocks: Number of blocks. Default: the size of the input's last axis / size.
        size: Inputs and outputs of a block.
        activation: Activation of the output; 'linear' for none.
        use_bias: Adds a trainable bias.
        kernel_initializer: Start of each block, drawn for itself. Default: 'glorot_uniform'.
        bias_initializer: Start of the bias.
        seed: Integer that fixes the start of the blocks. Default: from the layer's place in its model.

    Weights: `kernel` [blocks, size, size] (inputs, then outputs), `bias` [blocks * size].

    Example:
        keras.Sequential([keras.Input([8]), keras.layers.Dense(64, "relu"), BlockDense(blocks=16)])
    """

    def __init__(
        self,
        blocks=None,
        size=4,
        activation="relu",
        use_bias=True,
        kernel_initializer=None,
        bias_initializer="zeros",
        seed=None,
        random_version=RANDOM_VERSION,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.blocks = None if blocks is None else require_integer(blocks, "blocks", self.who, 1, 16)
        self.size = require_integer(size, "size", self.who, 1, 4)
        self.activation = activation_of("relu" if activation is None else activation, self.who)
        self.use_bias = require_bool(use_bias, "use_bias", self.who)
        self.take_seed(seed)
        self.require_random_version(random_version)
        self.supports_masking = True
        self.kernel_initializer = initializer_of(kernel_initializer, self.who) if kernel_initializer else None
        self.bias_initializer = initializer_of(bias_initializer or "zeros", self.who)
        self.bias = None

    def build(self, input_shape):
        units = self.channels_of(input_shape)
        blocks = self.blocks or max(1, units // self.size)
        if blocks * self.size != units:
            expected = f"the size of the last axis must be blocks * size = {blocks} * {self.size}"
            fail(self.who, expected, units, "Put a dense layer of that many units before.")
        self.blocks = blocks
        shape = (blocks, self.size, self.size)
        default = keras.initializers.GlorotUniform(seed=seed_of(self.fix_seed(), 0))
        self.kernel_initializer = self.kernel_initializer or initializer_of(default, self.who)
        self.kernel = self.add_weight(shape=shape, initializer=self._draw_blocks, name="kernel")
        if self.use_bias:
            self.bias = self.add_weight(shape=(units,), initializer=self.bias_initializer, name="bias")
        self.input_spec = keras.layers.InputSpec(min_ndim=2, axes={-1: units})

    def _draw_blocks(self, shape, dtype=None):
        """By the shape of the whole, an initializer would take the blocks for positions of a convolution."""
        starts = [initializer_of(self.kernel_initializer, self.who, k) for k in range(shape[0])]
        return ops.stack([start(shape[1:], dtype=dtype) for start in starts])

    def call(self, inputs):
        x = self.one_input(inputs)
        groups = ops.reshape(x, (-1, self.blocks, self.size))
        y = ops.reshape(ops.einsum("rki,kio->rko", groups, self.kernel), ops.shape(x))
        return self.activation(y if self.bias is None else y + self.bias)

    def compute_output_shape(self, input_shape):
        return tuple(input_shape)

    def get_config(self):
        return {
            **super().get_config(),
            "blocks": self.blocks,
            "size": self.size,
            "use_bias": self.use_bias,
            "seed": self.seed,
            "activation": activation_config(self.activation),
            "kernel_initializer": serialized(self.kernel_initializer),
            "bias_initializer": keras.initializers.serialize(self.bias_initializer),
            "random_version": RANDOM_VERSION,
        }
