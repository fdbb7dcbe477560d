"""The functions that the layers are made of, built of `keras.ops`: any backend, any order of derivatives."""

from tfjs_piecewise_keras.ops.relu_pair import relu_pair
from tfjs_piecewise_keras.ops.triangle_wave import triangle_wave
from tfjs_piecewise_keras.ops.walsh_hadamard import walsh_hadamard

__all__ = ["relu_pair", "triangle_wave", "walsh_hadamard"]
