"""The layers of tfjs-piecewise as Keras layers."""

from tfjs_piecewise_keras.layers.block_dense import BlockDense
from tfjs_piecewise_keras.layers.presets import product, sawtooth, square
from tfjs_piecewise_keras.layers.region_dense import RegionDense
from tfjs_piecewise_keras.layers.relu_pair import ReLUPair
from tfjs_piecewise_keras.layers.triangle_wave import TriangleWave
from tfjs_piecewise_keras.layers.wht_projection import WHTProjection

__all__ = [
    "BlockDense",
    "RegionDense",
    "ReLUPair",
    "TriangleWave",
    "WHTProjection",
    "product",
    "sawtooth",
    "square",
]
