"""The layers-model format of TensorFlow.js: reading and writing."""

from tfjs_piecewise_keras.layers_model.load import load_model
from tfjs_piecewise_keras.layers_model.save import save_model

__all__ = ["load_model", "save_model"]
