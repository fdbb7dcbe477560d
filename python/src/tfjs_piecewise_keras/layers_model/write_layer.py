"""One layer of Keras in the dialect of the file."""

import math

import keras

from tfjs_piecewise_keras.errors import ModelFormatError, fail, short
from tfjs_piecewise_keras.layers import ReLUPair
from tfjs_piecewise_keras.layers_model.layer_table import LAYERS, entry_of, is_neutral
from tfjs_piecewise_keras.layers_model.nested_configs import kind_of, write_object
from tfjs_piecewise_keras.layers_model.read_layer import refuse_disagreement


def write_layer(layer):
    """The class name and the options of a layer."""
    who = f"save_model layer {layer.name}"
    entry = entry_of(layer)
    if entry is None:
        known = ", ".join(LAYERS)
        refuse(who, f"layers must be of {known}", type(layer).__name__, "Replace it by one of those.")
    if layer.dtype_policy.name != "float32":
        refuse(who, "layers must compute in float32", layer.dtype_policy.name, 'Make it with dtype="float32".')
    if getattr(layer, "keepdims", False):
        return _write_kept(layer, who)
    names = {entry.renamed.get(option, option): option for option in entry.options}
    config = {"name": layer.name, "trainable": layer.trainable}
    for option, value in layer.get_config().items():
        refuse_disagreement(type(layer).__name__, option, value, who)
        if option in names:
            config[names[option]] = _write_option(layer, option, value, who)
        elif option not in ("name", "trainable", "dtype") and value is not None and not is_neutral(option, value):
            refuse(who, f"{option} must be left out", short(repr(value)), "TensorFlow.js has no such option.")
    return {"class_name": type(layer).__name__, "config": config}


def _write_kept(layer, who):
    """A global pooling that keeps its axes, which TensorFlow.js has as one window over all of a known size."""
    is_first = layer.data_format == "channels_first"
    shapes = {node.input_tensors[0].shape for node in layer._inbound_nodes}
    sizes = {shape[2:] if is_first else shape[1:-1] for shape in shapes}
    size = next(iter(sizes))
    if len(sizes) > 1 or None in size:
        received = " and ".join(map(str, sorted(shapes, key=str)))
        refuse(who, "with keepdims=True the input must be of one known size", received, "Give the Input a shape of numbers.")
    config = {"name": layer.name, "trainable": layer.trainable, "pool_size": list(size), "strides": list(size), "padding": "valid"}
    if len(size) > 1:
        config["data_format"] = layer.data_format
    return {"class_name": type(layer).__name__.removeprefix("Global"), "config": config}


def _write_option(layer, option, value, who):
    if option == "activation" and isinstance(getattr(layer, "pair", None), ReLUPair):
        return write_layer(layer.pair)
    if isinstance(layer, keras.layers.Reshape):
        return [None if size == -1 else size for size in value]
    kind = kind_of(option)
    if kind != "value" and value is not None and not (isinstance(layer, ReLUPair) and isinstance(value, str)):
        # The object of the layer, where there is one: its config may not tell a function from its namesake.
        held = layer.cell if hasattr(layer, "cell") else layer
        held = getattr(held, option, None)
        if held is None or isinstance(held, (str, dict)):
            modules = {"initializer": keras.initializers, "regularizer": keras.regularizers}
            held = modules.get(kind, keras.constraints).deserialize(value)
        return write_object(held, kind, who)
    return plain(value, who)


def plain(value, who):
    """Numbers, texts and lists as JSON has them."""
    if isinstance(value, dict):
        return {key: plain(item, who) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item, who) for item in value]
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    if hasattr(value, "item"):  # a number of numpy
        return plain(value.item(), who)
    refuse(who, "options must be texts, finite numbers, or lists of them", repr(value), "Set another value.")


def refuse(who, expected, received, fix):
    """Raises a ModelFormatError of three parts."""
    fail(who, expected, received, fix, error=ModelFormatError)
