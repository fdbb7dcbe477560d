"""One layer of the file as a layer of Keras."""

import re

import keras

from tfjs_piecewise_keras.errors import ModelFormatError, short
from tfjs_piecewise_keras.layers_model.layer_table import LAYERS, disagreement, is_neutral
from tfjs_piecewise_keras.layers_model.nested_configs import kind_of, read_object
from tfjs_piecewise_keras.layers_model.read_json import refuse

# Options of every layer that are read elsewhere.
COMMON = ("name", "trainable", "dtype", "batch_input_shape")


def refuse_disagreement(class_name, option, value, who):
    """Refuses options with which TensorFlow.js and Keras give other outputs."""
    agreed, why = disagreement(class_name, option, value) or (None, None)
    if why:
        refuse(who, f"{option} must be {agreed!r}", short(repr(value), 80), f"{why} Build the model without it.")


def require_scope_name(name, who):
    """Refuses names that TensorFlow would refuse only when the model runs."""
    if keras.backend.backend() == "tensorflow" and not re.fullmatch(r"[A-Za-z0-9_.>-]*", name):
        expected = "with TensorFlow as the backend of Keras, a name must be of the characters A-Z a-z 0-9 _ . > -"
        refuse(who, expected, short(repr(name), 80), "Rename it in JavaScript, or choose another backend of Keras.")


def class_and_config(node, who):
    """The class name and the options of a layer or a model in the file."""
    name = node.get("class_name") if isinstance(node, dict) else None
    config = node.get("config") if isinstance(node, dict) else None
    if not isinstance(name, str) or not isinstance(config, (dict, list)):
        refuse(who, "a layer must have class_name and config", short(repr(node), 80))
    return name, config


def read_layer(class_name, config):
    """A new layer; its weights come when it is built."""
    name = config.get("name")
    who = f"load_model layer {short(name, 60) if isinstance(name, str) else class_name}"
    entry = LAYERS.get(class_name)
    if entry is None:
        fix = "Export the model from JavaScript as standard layers (toDense), or to ONNX."
        refuse(who, "its class must be one of tfjs-piecewise or a known one of Keras", f"'{short(class_name, 60)}'", fix)
    if not isinstance(name, str) or not name or "/" in name:
        refuse(who, "the name must be a text without '/'", repr(name))
    if config.get("dtype") not in (None, "float32", "int32"):
        refuse(who, "dtype must be float32", repr(config["dtype"]), "Save the model in float32.")
    options = {"name": name, **getattr(entry.cls, "unsaved", {})}
    for option, value in config.items():
        if option in COMMON:
            continue
        refuse_disagreement(class_name, option, value, who)
        if option in entry.options:
            read = _read_option(class_name, option, value, who)
            if read is not None:
                options[entry.renamed.get(option, option)] = read
        elif not is_neutral(option, value):
            known = ", ".join(entry.options) or "none"
            fix = "A newer version saved this model, or it was changed by hand."
            refuse(who, f"{class_name} must have only the options {known}", short(f"{option}: {value!r}"), fix)
    try:
        layer = entry.cls(**options)
        if config.get("trainable") is False:  # True would free a layer inside that is frozen by itself
            layer.trainable = False
        return layer
    except ModelFormatError:
        raise
    except Exception as error:  # whatever the constructor of a Keras layer says to options that it cannot take
        refuse(who, f"the options must be those of a {class_name}", short(str(error), 300))


def _read_option(class_name, option, value, who):
    if class_name == "WHTProjection" and isinstance(value, dict):
        inner, config = class_and_config(value, who)
        if inner != "ReLUPair" or not isinstance(config, dict):
            refuse(who, "a layer as activation must be a ReLUPair", repr(inner))
        return read_layer(inner, config)
    if class_name == "ReLUPair" and isinstance(value, str):
        return value
    if class_name == "Reshape" and isinstance(value, list):
        return [-1 if size is None else size for size in value]
    kind = kind_of(option)
    return value if kind == "value" else read_object(value, kind, who)
