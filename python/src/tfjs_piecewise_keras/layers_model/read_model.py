"""A model of the file, and the models inside it, as models of Keras."""

import keras

from tfjs_piecewise_keras.errors import short
from tfjs_piecewise_keras.layers_model.layer_table import MODELS
from tfjs_piecewise_keras.layers_model.read_json import refuse
from tfjs_piecewise_keras.layers_model.read_layer import class_and_config, read_layer, require_scope_name

# A model that is called twice in one that is called twice, and so on, would run for ever.
MOST_CALLS = 10_000


class ModelReader:
    """Reads models whose layers take their weights from a WeightSource."""

    def __init__(self, source):
        self._source = source
        self._calls = {}  # how many layers run in a call, by the id of a model

    def read(self, node):
        """A layer, or a model with all its layers."""
        class_name, config = class_and_config(node, "load_model modelTopology")
        if class_name == "Sequential":
            return self._read_sequential(config)
        if class_name in MODELS:
            return self._read_functional(config)
        if not isinstance(config, dict):
            refuse("load_model modelTopology", f"the config of a {class_name} must be an object", short(repr(config), 80))
        layer = read_layer(class_name, config)
        self._source.guard(layer)
        return layer

    def _read_inner(self, node, who):
        layer = self.read(node)
        require_scope_name(layer.name, who)
        return layer

    def _read_sequential(self, config):
        config = {"layers": config} if isinstance(config, list) else config
        name, nodes = config.get("name"), config.get("layers")
        who = f"load_model model {short(str(name), 60)}"
        if not isinstance(nodes, list) or not nodes:
            refuse(who, "a Sequential model must have a list of layers", short(repr(nodes), 80))
        refuse_many(len(nodes), who)
        first_name, first = class_and_config(nodes[0], who)
        shape, dtype = None, None
        if isinstance(first, dict):
            shape, dtype = first.get("batch_input_shape", config.get("build_input_shape")), first.get("dtype")
        layers = [self._read_inner(node, who) for node in (nodes[1:] if first_name == "InputLayer" else nodes)]
        if shape is None and layers and isinstance(layers[0], keras.Model):
            shape, dtype = layers[0].input_shape, "float32"
        given = keras.Input(batch_shape=_shape(shape, who), dtype=_dtype(dtype, who))
        model = keras.Sequential([given, *layers], name=_name(name, who))
        self._count(model, layers, who)
        return model

    def _read_functional(self, config):
        name = config.get("name") if isinstance(config, dict) else None
        who = f"load_model model {short(str(name), 60)}"
        nodes = config.get("layers") if isinstance(config, dict) else None
        if not isinstance(nodes, list) or not all(isinstance(node, dict) for node in nodes):
            refuse(who, "it must have a list of layers", short(repr(nodes), 80))
        refuse_many(len(nodes), who)
        graph = Graph(who)
        called = []
        for node in nodes:
            class_name, layer_config = class_and_config(node, who)
            if class_name == "InputLayer" and isinstance(layer_config, dict):
                layer_name = layer_config.get("name")
                shape, dtype = layer_config.get("batch_input_shape"), layer_config.get("dtype")
                made = keras.Input(batch_shape=_shape(shape, who), dtype=_dtype(dtype, who), name=_name(layer_name, who))
                graph.add_input(layer_name, made)
            else:
                layer = self._read_inner(node, who)
                calls = _list(node.get("inbound_nodes"), f"{who} layer {layer.name}", "inbound_nodes")
                graph.add_layer(layer, calls)
                called += [layer] * len(calls)
        self._check_count(called, who)
        graph.run()
        inputs, outputs = (
            [graph.tensor(ref) for ref in _list(config.get(key), who, key)] for key in ("input_layers", "output_layers")
        )
        if not inputs or not outputs:
            refuse(who, "input_layers and output_layers must not be empty", "an empty list")
        single = [part[0] if len(part) == 1 else part for part in (inputs, outputs)]
        model = keras.Model(*single, name=_name(name, who))
        self._count(model, called, who)
        return model

    def _check_count(self, called, who):
        count = sum(self._calls.get(id(layer), 1) for layer in called)
        refuse_many(count, who)
        return count

    def _count(self, model, called, who):
        self._calls[id(model)] = self._check_count(called, who)


def refuse_many(count, who):
    """Before they are made, too: that alone takes minutes."""
    if count > MOST_CALLS:
        refuse(who, f"at most {MOST_CALLS} layers may run in a call", str(count), "Build the model in code.")


class Graph:
    """The calls of the layers of a functional model, made as soon as their inputs are there."""

    def __init__(self, who):
        self._who = who
        self._waiting = []  # (layer, references to its inputs) for each call
        self._results = {}  # outputs of each call, by the name of the layer
        self._first = {}  # number of a layer's first call: that of a model inside is 1

    def add_input(self, name, tensor):
        self._add_name(name, 0)
        self._results[name].append([tensor])

    def add_layer(self, layer, calls):
        self._add_name(layer.name, 1 if isinstance(layer, keras.Model) else 0)
        self._waiting += [(layer, _list(call, f"{self._who} layer {layer.name}", "inbound_nodes")) for call in calls]

    def run(self):
        while self._waiting:
            later = []
            blocked = set()  # calls of one layer are numbered in order
            for layer, refs in self._waiting:
                if layer.name in blocked or not all(self._ready(ref) for ref in refs):
                    blocked.add(layer.name)
                    later.append((layer, refs))
                    continue
                inputs = [self.tensor(ref) for ref in refs]
                outputs = layer(inputs[0] if len(inputs) == 1 else inputs)
                listed = outputs if isinstance(outputs, (list, tuple)) else [outputs]
                self._results[layer.name].append(list(listed))
            if len(later) == len(self._waiting):
                names = ", ".join(layer.name for layer, _ in later)
                refuse(self._who, "inbound_nodes must name outputs of other layers", f"layers without: {short(names)}")
            self._waiting = later

    def tensor(self, ref):
        name, call, index = self._parts(ref)
        results = self._results.get(name, [])
        call -= self._first.get(name, 0)
        if not (0 <= call < len(results) and 0 <= index < len(results[call])):
            refuse(self._who, "a reference must name an output of a layer", short(repr(ref), 80))
        return results[call][index]

    def _ready(self, ref):
        name, call, _ = self._parts(ref)
        return call - self._first.get(name, 0) < len(self._results.get(name, []))

    def _parts(self, ref):
        good = isinstance(ref, list) and len(ref) in (3, 4) and isinstance(ref[0], str)
        if not good or not all(isinstance(number, int) for number in ref[1:3]) or (len(ref) == 4 and ref[3]):
            expected = "a reference must be [name of a layer, number of its call, number of the output]"
            refuse(self._who, expected, short(repr(ref), 80), "Arguments of calls other than tensors are not read.")
        return ref[:3]

    def _add_name(self, name, first):
        if name in self._results:
            refuse(self._who, "names of layers must differ", f"'{short(str(name), 60)}' twice")
        self._results[name] = []
        self._first[name] = first


def _list(value, who, what):
    if not isinstance(value, list):
        refuse(who, f"{what} must be a list", short(repr(value), 80))
    return value


def _shape(value, who):
    good = isinstance(value, (list, tuple)) and len(value) >= 1
    if not good or not all(size is None or (isinstance(size, int) and size >= 0) for size in value):
        refuse(who, "the shape of its input must be known, such as [null, 16]", short(repr(value), 80))
    return tuple(value)


def _dtype(value, who):
    if value not in (None, "float32", "int32", "bool"):
        refuse(who, "an input must be of dtype float32, int32 or bool", short(repr(value), 80))
    return value or "float32"


def _name(value, who):
    if value is not None and (not isinstance(value, str) or not value or "/" in value):
        refuse(who, "a name must be a text without '/'", short(repr(value), 80))
    return value
