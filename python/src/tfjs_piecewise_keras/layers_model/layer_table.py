"""The layers that the format knows: options by their names there, and what Keras calls them."""

from dataclasses import dataclass, field

import keras

from tfjs_piecewise_keras import layers as own

# Options that one side has and the other lacks: the value with which they change nothing.
NEUTRAL = {
    "activity_regularizer": None,
    "beta_constraint": None,
    "data_format": "channels_last",
    "dilation_rate": 1,
    "dtype": None,
    "gamma_constraint": None,
    "groups": 1,
    "input_length": ...,
    "implementation": ...,
    "keepdims": False,
    "lora_rank": None,
    "lora_alpha": None,
    "mask_zero": False,
    "negative_slope": 0,
    "noise_shape": None,
    "output_padding": None,
    "quantization_config": None,
    "reset_after": False,
    "return_state": False,
    "renorm": False,
    "renorm_momentum": ...,
    "rms_scaling": False,
    "seed": ...,
    "stateful": False,
    "synchronized": False,
    "threshold": 0,
    "time_major": False,
    "use_cudnn": ...,
    "weights": None,
    "zero_output_for_mask": False,
}


@dataclass(frozen=True)
class Entry:
    """A class of layers: its options, those with another name in Keras, and so the weights."""

    cls: type
    options: tuple
    renamed: dict = field(default_factory=dict)
    weights: dict = field(default_factory=dict)


def _weight_options(*names):
    return " ".join(f"{name}_initializer {name}_regularizer {name}_constraint" for name in names)


_KERNEL = _weight_options("kernel", "bias") + " activity_regularizer"
_CONV = f"filters kernel_size strides padding data_format dilation_rate activation use_bias {_KERNEL}"
_DEPTHWISE = f"{_CONV} depth_multiplier {_weight_options('depthwise')}".replace("filters ", "")
_DEPTHWISE = _DEPTHWISE.replace(_weight_options("kernel"), "")
_NORM = "axis epsilon center scale " + _weight_options("beta", "gamma")
_RNN = f"units activation use_bias {_weight_options('kernel', 'recurrent', 'bias')} activity_regularizer dropout "
_RNN += "recurrent_dropout return_sequences go_backwards unroll"
_POOL = "pool_size strides padding data_format"
_WAVE = "depth scaling curvature scale base input_norm domain outside peak_initializer peak_epsilon peak_gain tail_peak "
_WAVE += "stage seed random_version"

_STANDARD = {
    "Activation": "activation",
    "Add": "",
    "AlphaDropout": "rate noise_shape",
    "Average": "",
    "AveragePooling1D": "pool_size strides padding",
    "AveragePooling2D": _POOL,
    "AveragePooling3D": _POOL,
    "BatchNormalization": f"momentum {_NORM} moving_mean_initializer moving_variance_initializer",
    "Concatenate": "axis",
    "Conv1D": _CONV.replace("data_format ", ""),
    "Conv2D": _CONV,
    "Conv2DTranspose": _CONV.replace("dilation_rate ", ""),
    "Conv3D": _CONV,
    "Cropping2D": "cropping data_format",
    "Dense": f"units activation use_bias {_KERNEL}",
    "DepthwiseConv2D": _DEPTHWISE,
    "Dot": "axes normalize",
    "Dropout": "rate noise_shape seed",
    "ELU": "alpha",
    "Embedding": f"input_dim output_dim mask_zero {_weight_options('embeddings')}",
    "Flatten": "data_format",
    "GRU": f"{_RNN} recurrent_activation reset_after",
    "GaussianDropout": "rate",
    "GaussianNoise": "stddev",
    "GlobalAveragePooling1D": "",
    "GlobalAveragePooling2D": "data_format",
    "GlobalMaxPooling1D": "",
    "GlobalMaxPooling2D": "data_format",
    "LSTM": f"{_RNN} recurrent_activation unit_forget_bias",
    "LayerNormalization": _NORM.replace("beta_constraint", "").replace("gamma_constraint", ""),
    "LeakyReLU": "alpha",
    "Masking": "mask_value",
    "MaxPooling1D": "pool_size strides padding",
    "MaxPooling2D": _POOL,
    "MaxPooling3D": _POOL,
    "Maximum": "",
    "Minimum": "",
    "Multiply": "",
    "PReLU": f"{_weight_options('alpha')} shared_axes",
    "Permute": "dims",
    "ReLU": "max_value",
    "RepeatVector": "n",
    "Rescaling": "scale offset",
    "Reshape": "target_shape",
    "SeparableConv2D": f"filters {_DEPTHWISE} {_weight_options('pointwise')}",
    "SimpleRNN": _RNN,
    "Softmax": "axis",
    "SpatialDropout1D": "rate",
    "UpSampling2D": "size data_format interpolation",
    "ZeroPadding2D": "padding data_format",
}

_OWN = {
    own.BlockDense: "blocks size use_bias seed activation kernel_initializer bias_initializer random_version",
    own.RegionDense: f"{_WAVE} units subnets use_bias kernel_initializer mix_initializer bias_initializer activation",
    own.ReLUPair: "parametric_fraction shared_axes initializer seed use_bias fixed_gain random_version",
    own.TriangleWave: _WAVE,
    own.WHTProjection: (
        "units rounds seed axis trainable_signs expand contract input_norm use_bias random_bias activation random_version"
    ),
}

# What both sides have an option for, but compute differently: the value with which they agree, and why others do not.
_AGREED = {
    "DepthwiseConv2D": {"dilation_rate": (1, "TensorFlow.js ignores it.")},
    "UpSampling2D": {"interpolation": ("nearest", "TensorFlow.js puts the samples elsewhere than Keras.")},
}

_RENAMED = {"LeakyReLU": {"alpha": "negative_slope"}}
_WEIGHTS = {"DepthwiseConv2D": {"kernel": "depthwise_kernel"}}

LAYERS = {
    **{
        name: Entry(getattr(keras.layers, name), tuple(options.split()), _RENAMED.get(name, {}), _WEIGHTS.get(name, {}))
        for name, options in _STANDARD.items()
    },
    **{cls.__name__: Entry(cls, tuple(options.split())) for cls, options in _OWN.items()},
}

MODELS = ("Sequential", "Model", "Functional")


def is_neutral(option, value):
    """Whether an option that the other side lacks has a value that changes nothing."""
    return option in NEUTRAL and (NEUTRAL[option] is ... or value is None or _is(value, NEUTRAL[option]))


def disagreement(class_name, option, value):
    """The value with which both sides compute the same, and why this one does not; None if it does."""
    agreed = _AGREED.get(class_name, {}).get(option)
    return agreed if agreed and not _is(value, agreed[0]) else None


def _is(value, neutral):
    ones = isinstance(value, (list, tuple)) and neutral == 1 and all(size == 1 for size in value)
    return value == neutral or ones


def entry_of(layer):
    """The entry of a Keras layer, or None; a subclass of a known class is another layer."""
    entry = LAYERS.get(type(layer).__name__)
    return entry if entry and type(layer) is entry.cls else None
