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

__version__ = "0.1.0"
