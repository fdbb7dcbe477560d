"""Activation functions that TensorFlow.js computes by another formula than Keras 3, or knows under another name."""

import keras
from keras import ops

from tfjs_piecewise_keras.errors import fail
from tfjs_piecewise_keras.initializers import PACKAGE


@keras.saving.register_keras_serializable(package=PACKAGE)
def hard_sigmoid(x):
    """`clip(0.2 x + 0.5, 0, 1)`, as TensorFlow.js and Keras 2 have it; the slope of Keras 3 is 1/6."""
    return ops.clip(0.2 * x + 0.5, 0, 1)


@keras.saving.register_keras_serializable(package=PACKAGE)
def gelu_new(x):
    """The approximation of GELU by tanh."""
    return ops.gelu(x, approximate=True)


def activation_of(identifier, who):
    """An activation function by name, config or function; None for none."""
    if identifier is None:
        return None
    try:
        function = keras.activations.get(identifier)
    except (TypeError, ValueError):
        function = None
    if not callable(function):
        fail(who, "activation must be the name of one of Keras, or a function", identifier, "For example 'tanh'.")
    return function


def activation_config(function):
    """What a layer saves of its activation."""
    return None if function is None else keras.activations.serialize(function)
