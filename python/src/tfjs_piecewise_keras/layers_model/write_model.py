"""A model of Keras, and the models inside it, in the dialect of the file."""

import keras

from tfjs_piecewise_keras.layers_model.layer_table import entry_of
from tfjs_piecewise_keras.layers_model.weight_source import parts_of
from tfjs_piecewise_keras.layers_model.write_layer import plain, refuse, write_layer


def write_model(model):
    """The topology of a model."""
    who = f"save_model model {model.name}"
    if type(model) is keras.Sequential:
        if not model.built or not model.layers:
            refuse(who, "the shape of its input must be known", "a model without", "Put a keras.Input first.")
        return {"class_name": "Sequential", "config": {"name": model.name, "layers": _sequence(model, who)}}
    if type(model).__name__ != "Functional":
        received = type(model).__name__
        refuse(who, "it must be a keras.Sequential or functional model", received, "Build it as one of those.")
    return {"class_name": "Model", "config": {"name": model.name, **_graph(model, who)}}


def leaves(model):
    """All layers with weights of their own, those of models inside it, too."""
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            yield from leaves(layer)
        elif not isinstance(layer, keras.layers.InputLayer):
            yield layer


def named_weights(model):
    """The weights as (name in the file, variable): trainable ones first, as TensorFlow.js has them."""
    names, trainable, fixed = set(), [], []
    for layer in dict((id(layer), layer) for layer in leaves(model)).values():
        entry = entry_of(layer)
        for part, renamed in parts_of(layer):
            own = part._trainable_variables + part._non_trainable_variables if part is layer else part.weights
            for variable in own:
                if variable.path.split("/")[-1] == "seed_generator_state":
                    continue
                name = f"{layer.name}/{renamed.get(variable.name, variable.name)}"
                if name in names or entry is None:
                    received = f"'{name}' twice"
                    refuse(f"save_model layer {layer.name}", "names of layers must differ", received, "Rename one.")
                names.add(name)
                (trainable if variable.trainable and layer.trainable else fixed).append((name, variable))
    return trainable + fixed


def _write(layer):
    return write_model(layer) if isinstance(layer, keras.Model) else write_layer(layer)


def _sequence(model, who):
    written = [_write(layer) for layer in model.layers]
    first = model.layers[0]
    if not isinstance(first, keras.Model):
        config = written[0]["config"]
        written[0]["config"] = {**config, "batch_input_shape": list(model.input_shape), "dtype": model.inputs[0].dtype}
    return written


def _graph(model, who):
    config = model.get_config()
    written = []
    for saved in config["layers"]:
        layer = model.get_layer(saved["name"]) if saved["class_name"] != "InputLayer" else None
        if layer is None:
            given = next(tensor for tensor in model.inputs if tensor._keras_history[0].name == saved["name"])
            own = {"batch_input_shape": list(given.shape), "dtype": given.dtype, "sparse": False, "name": saved["name"]}
            written.append({"class_name": "InputLayer", "config": own, "name": saved["name"], "inbound_nodes": []})
            continue
        calls = [_call(node, f"{who} layer {layer.name}") for node in saved["inbound_nodes"]]
        written.append({**_write(layer), "name": layer.name, "inbound_nodes": calls})
    ends = {key: _references(config[key]) for key in ("input_layers", "output_layers")}
    inner = [ref for layer in written for call in layer["inbound_nodes"] for ref in call]
    _number_calls(model, [*ends["output_layers"], *inner])
    return {"layers": written, **ends}


def _number_calls(model, references):
    """The first call of a model inside has number 1 in the file; Keras counts some from 0."""
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            own = [ref for ref in references if ref[0] == layer.name]
            first = min((ref[1] for ref in own), default=1)
            for ref in own:
                ref[1] += 1 - first


def _call(node, who):
    """The inputs of one call; it may have no arguments but tensors."""
    tensors = []

    def walk(value):
        if isinstance(value, dict) and value.get("class_name") == "__keras_tensor__":
            tensors.append([*value["config"]["keras_history"], {}])
        elif isinstance(value, (list, tuple)):
            for item in value:
                walk(item)
        elif value is not None:
            refuse(who, "calls may have no arguments but tensors", repr(value), "Use layers for constants.")

    walk(node["args"])
    for name, value in node["kwargs"].items():
        if any(item not in (None, False) for item in (value if isinstance(value, list) else [value])):
            refuse(who, "calls may have no arguments but tensors", f"{name}={value!r}", "Leave it out.")
    return tensors


def _references(value):
    """Keras has one reference, a list or a dict of them; the file always a list."""
    if isinstance(value, dict):
        value = list(value.values())
    single = isinstance(value, (list, tuple)) and len(value) == 3 and isinstance(value[0], str)
    return plain([value] if single else list(value), "save_model")
