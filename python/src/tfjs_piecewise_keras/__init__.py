"""The layers of tfjs-piecewise for Keras 3, on TensorFlow, JAX or PyTorch, and models that go to JavaScript and back."""

from tfjs_piecewise_keras.errors import ModelFormatError
from tfjs_piecewise_keras.initializers import RAI, Given, PeakConstant, PeakUniform, TorchLinear
from tfjs_piecewise_keras.layers import (
    BlockDense,
    RegionDense,
    ReLUPair,
    TriangleWave,
    WHTProjection,
    product,
    sawtooth,
    square,
)
from tfjs_piecewise_keras.layers_model import load_model, save_model
from tfjs_piecewise_keras.ops import relu_pair, triangle_wave, walsh_hadamard
from tfjs_piecewise_keras.random_bits import random_signs

__all__ = [
    "RAI",
    "BlockDense",
    "Given",
    "ModelFormatError",
    "PeakConstant",
    "PeakUniform",
    "ReLUPair",
    "RegionDense",
    "TorchLinear",
    "TriangleWave",
    "WHTProjection",
    "load_model",
    "product",
    "random_signs",
    "relu_pair",
    "save_model",
    "sawtooth",
    "square",
    "triangle_wave",
    "walsh_hadamard",
]
__version__ = "0.1.0"
