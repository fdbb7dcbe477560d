"""Models as the converters of Keras 3 write them, in the words of TensorFlow.js, which are those of Keras 2."""

import re

from tfjs_piecewise_keras.errors import short
from tfjs_piecewise_keras.layers_model.read_json import refuse

_INITIALIZERS = {
    "IdentityInitializer": "Identity",
    "LecunNormal": "LeCunNormal",
    "LecunUniform": "LeCunUniform",
    "OrthogonalInitializer": "Orthogonal",
}

# Functions that TensorFlow.js lacks, or has another one of that name of.
_OTHER_ACTIVATIONS = (
    "hard_sigmoid leaky_relu exponential hard_silu hard_swish hard_tanh hard_shrink soft_shrink celu glu log_sigmoid "
    "sparse_plus sparsemax squareplus tanh_shrink threshold"
).split()

_KERNEL = ("kernel", "bias")
_RECURRENT = ("kernel", "recurrent_kernel", "bias")

# The weights of a layer in order, as a .keras file numbers them.
_NUMBERED = {
    **{name: _KERNEL for name in "Dense Conv1D Conv2D Conv2DTranspose Conv3D BlockDense".split()},
    **{name: _RECURRENT for name in ("SimpleRNN", "GRU", "LSTM")},
    "DepthwiseConv2D": ("depthwise_kernel", "bias"),
    "SeparableConv2D": ("depthwise_kernel", "pointwise_kernel", "bias"),
    "Embedding": ("embeddings",),
    "PReLU": ("alpha",),
    "ReLUPair": ("negative", "positive", "bias"),
}

_PATH = re.compile(r"(?P<folder>(?:layers/\w+/)+)(?P<part>\w+/)?vars/(?P<index>\d+)")


def is_keras3(topology):
    """Whether a Keras of the third generation has written the topology."""
    return str(topology.get("keras_version")).startswith("3.") and isinstance(topology.get("model_config"), dict)


def from_keras3(json):
    """The same file in the words of TensorFlow.js; what means something else there is refused."""
    leaves = {}, {}  # class and config of each layer, by its name and by its folder in a .keras file
    topology = {**json["modelTopology"], "model_config": _model(json["modelTopology"]["model_config"], "", leaves)}
    manifest = json.get("weightsManifest")
    if isinstance(manifest, list):
        manifest = [_group(group, leaves) for group in manifest]
    return {**json, "modelTopology": topology, "weightsManifest": manifest}


def _group(group, leaves):
    if not isinstance(group, dict) or not isinstance(group.get("weights"), list):
        return group
    named = [isinstance(entry, dict) and isinstance(entry.get("name"), str) for entry in group["weights"]]
    weights = [
        {**entry, "name": _weight_name(entry["name"], *leaves)} if known else entry
        for entry, known in zip(group["weights"], named)
    ]
    return {**group, "weights": weights}


def _config(node):
    config = node.get("config") if isinstance(node, dict) else None
    return config if isinstance(config, dict) else {}


def _is_model(node):
    return isinstance(_config(node).get("layers"), list)


def _name(node):
    return _config(node).get("name", node.get("name"))


def _folder_name(class_name):
    """How Keras writes the name of a class as that of a folder."""
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", re.sub(r"\W+", "", str(class_name)))
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()


def _model(node, folder, leaves):
    config = _config(node)
    layers = [layer for layer in config.get("layers") or [] if isinstance(layer, dict)]
    # TensorFlow.js counts the making of a model as its first call, Keras 3 does not.
    models = {_name(layer) for layer in layers if _is_model(layer) and isinstance(_name(layer), str)}

    def shifted(link):
        if isinstance(link, list) and len(link) > 1 and isinstance(link[0], str) and link[0] in models:
            return [link[0], link[1] + 1 if isinstance(link[1], int) else link[1], *link[2:]]
        return link

    made, counts = [], {}
    for layer in layers:
        kind = _folder_name(layer.get("class_name"))
        count = counts[kind] = counts.get(kind, -1) + 1
        own = f"{folder}layers/{kind}{f'_{count}' if count else ''}/"
        new = _model(layer, own, leaves) if _is_model(layer) else _layer(layer, own, leaves)
        if "name" in layer:
            new["name"] = layer["name"]
        if isinstance(layer.get("inbound_nodes"), list):
            new["inbound_nodes"] = [[shifted(link) for link in _links(call)] for call in layer["inbound_nodes"]]
        made.append(new)
    options = {name: config[name] for name in ("name", "trainable") if name in config}
    for name in ("input_layers", "output_layers"):
        links = config.get(name)
        if isinstance(links, list):  # one stands alone
            options[name] = [shifted(link) for link in ([links] if links and isinstance(links[0], str) else links)]
    class_name = node.get("class_name")
    return {"class_name": "Model" if class_name == "Functional" else class_name, "config": {**options, "layers": made}}


def _links(call):
    """The layers that a call reads: tensors among its arguments know where they come from."""
    if not isinstance(call, dict):
        return call if isinstance(call, list) else []
    found = []

    def visit(value):
        history = _config(value).get("keras_history") if isinstance(value, dict) else None
        if isinstance(history, list):
            found.append([*history, {}])
        elif isinstance(value, (list, dict)):
            for item in value.values() if isinstance(value, dict) else value:
                visit(item)

    visit(call.get("args"))
    return found


def _layer(node, folder, leaves):
    class_name, name = node.get("class_name"), str(_name(node))
    config = _options(class_name, _config(node), f"load_model layer {short(name, 60)}")
    for known, key in zip(leaves, (name, folder)):
        known[key] = (name, class_name, config)
    return {"class_name": class_name, "config": config}


def _options(class_name, config, who):
    options = {}
    for option, value in config.items():
        if value is None:
            continue  # the same as an option that is not there
        if option == "batch_shape":
            option = "batch_input_shape"
        elif option == "negative_slope" and class_name == "LeakyReLU":
            option = "alpha"
        elif option == "dtype":
            name = _config(value).get("name") if isinstance(value, dict) else value
            value = "float32" if isinstance(name, str) and name.startswith("mixed_") else name
        elif option.endswith("activation"):
            value = _activation(value, option, who)
        elif option.endswith("regularizer"):
            value = _regularizer(value)
        elif option.endswith("initializer"):
            value = _plain(value)
            if isinstance(value, dict):
                # The axes of other kernels change the start alone, which is replaced by the weights.
                given = {key: item for key, item in _config(value).items() if key not in ("input_axes", "output_axes")}
                start = str(value.get("class_name"))
                value = {"class_name": _INITIALIZERS.get(start, start), "config": given}
        else:
            value = _plain(value)
        options[option] = value
    return options


def _activation(value, option, who):
    name = value.get("config") if isinstance(value, dict) and isinstance(value.get("config"), str) else value
    if not isinstance(name, str):
        return _plain(value)
    if name in _OTHER_ACTIVATIONS:
        expected = f"{option} must be a function that TensorFlow.js has, and computes like Keras 3"
        refuse(who, expected, repr(name), "Use relu, elu, selu, gelu, mish, swish, sigmoid, softplus, softmax or tanh.")
    return {"silu": "swish", "log_softmax": "logSoftmax"}.get(name, name)


def _regularizer(value):
    """One class of TensorFlow.js is all three of Keras."""
    value = _plain(value)
    if isinstance(value, dict) and value.get("class_name") in ("L1", "L2"):
        return {"class_name": "L1L2", "config": {"l1": 0, "l2": 0, **_config(value)}}
    return value


def _plain(value):
    """An object without the module that it comes from; tuples as lists."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("class_name") == "__tuple__":
        return _plain(value.get("items"))
    left = ("module", "registered_name", "build_config", "shared_object_id")
    return {key: _plain(item) for key, item in value.items() if key not in left}


def _weight_name(path, by_name, by_folder):
    """`layer/weight` of the path of a weight: of the names of models and layers, or of the folders of a .keras file."""
    numbered = _PATH.fullmatch(path)
    if numbered:
        leaf = by_folder.get(numbered["folder"])
        names = leaf and _numbered("ReLUPair" if numbered["part"] == "pair/" else leaf[1], leaf[2])
        index = int(numbered["index"])
        if not names or index >= len(names):
            fix = "Save it as .h5 before you convert it, or by save_model."
            refuse("load_model", "every weight must be that of a layer whose weights are known", short(path, 80), fix)
        return f"{leaf[0]}/{names[index]}"
    *parts, last = path.split("/")
    for part in reversed(parts):
        if part in by_name:
            name, class_name, _ = by_name[part]
            renamed = {"kernel": "depthwise_kernel"} if class_name == "DepthwiseConv2D" else {}
            return f"{name}/{renamed.get(last, last)}"
    return path


def _numbered(class_name, config):
    if class_name in ("LayerNormalization", "BatchNormalization"):
        names = [name for option, name in (("scale", "gamma"), ("center", "beta")) if config.get(option) is not False]
        return names + (["moving_mean", "moving_variance"] if class_name == "BatchNormalization" else [])
    if class_name == "WHTProjection":
        return [name for option, name in (("trainable_signs", "signs"), ("use_bias", "bias")) if config.get(option) is True]
    return _NUMBERED.get(class_name)
