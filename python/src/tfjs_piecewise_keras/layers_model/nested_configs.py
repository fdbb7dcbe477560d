"""Initializers, regularizers, constraints and activations between Keras and the dialect of the layers format."""

import keras

from tfjs_piecewise_keras import activations as own_activations
from tfjs_piecewise_keras.errors import ModelFormatError, fail
from tfjs_piecewise_keras.initializers import OWN

ACTIVATIONS = {
    **{name: getattr(keras.activations, name) for name in "elu gelu linear log_softmax mish relu relu6 selu".split()},
    **{name: getattr(keras.activations, name) for name in "sigmoid softmax softplus softsign tanh".split()},
    "swish": keras.activations.silu,
    "hard_sigmoid": own_activations.hard_sigmoid,
    "gelu_new": own_activations.gelu_new,
}

_RANDOM = "Glorot Normal|Glorot Uniform|He Normal|He Uniform|Le Cun Normal|Le Cun Uniform"
_KERAS_NAMES = {"LeCunNormal": "LecunNormal", "LeCunUniform": "LecunUniform", "L1L2": "L1L2"}
_OPTIONS = {
    "initializer": {
        "Zeros": (),
        "Ones": (),
        "Constant": ("value",),
        "RandomUniform": ("minval", "maxval", "seed"),
        "RandomNormal": ("mean", "stddev", "seed"),
        "TruncatedNormal": ("mean", "stddev", "seed"),
        "Identity": ("gain",),
        "VarianceScaling": ("scale", "mode", "distribution", "seed"),
        "Orthogonal": ("gain", "seed"),
        **{name.replace(" ", ""): ("seed",) for name in _RANDOM.split("|")},
        "Given": ("values",),
        "PeakUniform": ("minval", "maxval", "seed"),
        "PeakConstant": ("value",),
        "RAI": ("seed", "fan_in"),
        "TorchLinear": ("seed", "fan_in"),
    },
    "regularizer": {"L1L2": ("l1", "l2")},
    "constraint": {
        "MaxNorm": ("max_value", "axis"),
        "MinMaxNorm": ("min_value", "max_value", "rate", "axis"),
        "NonNeg": (),
        "UnitNorm": ("axis",),
    },
}


def kind_of(option):
    """What an option of a layer holds, by its name: 'initializer', 'regularizer', 'constraint', 'activation' or 'value'."""
    last = option.split("_")[-1]
    return last if last in (*_OPTIONS, "activation") else "value"


def read_object(value, kind, who):
    """What the file says of an initializer, regularizer, constraint or activation, as an object of Keras."""
    if kind == "activation":
        return _read_activation(value, who)
    if value is None:
        return None
    known = _OPTIONS[kind]
    name, config = _name_and_config(value, kind, who)
    flat = name.replace("_", "").lower()
    found = next((known_name for known_name in known if known_name.lower() == flat), None)
    if found is None:
        _refuse(who, f"an {kind} must be one of {', '.join(known)}", repr(name))
    for key in config:
        if key not in known[found]:
            _refuse(who, f"{found} must have the options {', '.join(known[found]) or 'none'}", repr(key))
    cls = OWN.get(found) or getattr(getattr(keras, f"{kind}s"), _KERAS_NAMES.get(found, found))
    return cls(**{key: entry for key, entry in config.items() if entry is not None})


def write_object(value, kind, who):
    """The other way round."""
    if kind == "activation":
        return _write_activation(value, who)
    if value is None:
        return None
    config = value.get_config()
    if type(value).__name__ in ("L1", "L2"):
        config = {"l1": 0, "l2": 0, **config}
        name = "L1L2"
    else:
        name = type(value).__name__
    name = next((ours for ours, theirs in _KERAS_NAMES.items() if theirs == name), name)
    options = _OPTIONS[kind].get(name)
    if options is None:
        _refuse(who, f"an {kind} must be one of {', '.join(_OPTIONS[kind])}", name, "TensorFlow.js has no such one.")
    return {"class_name": name, "config": {key: config[key] for key in options}}


def _read_activation(value, who):
    if value is None:
        return None
    if not isinstance(value, str) or value not in ACTIVATIONS:
        _refuse(who, f"activation must be one of {', '.join(ACTIVATIONS)}", repr(value))
    return ACTIVATIONS[value]


def _write_activation(function, who):
    if function is None:
        return None
    for name, known in ACTIVATIONS.items():
        if function is known and name != "gelu_new":  # TensorFlow.js writes it, but does not find it again
            return name
    name = getattr(function, "__name__", repr(function))
    _refuse(who, f"activation must be one of {', '.join(ACTIVATIONS)}", name, "TensorFlow.js has no such one.")


def _name_and_config(value, kind, who):
    if isinstance(value, str):
        return value, {}
    name = value.get("class_name") if isinstance(value, dict) else None
    config = value.get("config", {}) if isinstance(value, dict) else None
    if not isinstance(name, str) or not isinstance(config, dict):
        _refuse(who, f"an {kind} must be a name, or class_name and config", repr(value))
    return name, config


def _refuse(who, expected, received, fix="Save the model again, or load another file."):
    fail(who, expected, received, fix, error=ModelFormatError)
