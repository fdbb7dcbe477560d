"""Hands the weights of a file to the layers, at the moment when a layer makes its own."""

import functools

from keras import ops

from tfjs_piecewise_keras.errors import short
from tfjs_piecewise_keras.layers import WHTProjection
from tfjs_piecewise_keras.layers_model.layer_table import entry_of
from tfjs_piecewise_keras.layers_model.read_json import refuse


def parts_of(layer):
    """The layers inside a layer whose weights the format counts as its own: (layer, names of weights)."""
    entry = entry_of(layer)
    renamed = entry.weights if entry else {}
    if isinstance(layer, WHTProjection) and layer.pair:
        return [(layer, renamed), (layer.pair, {})]
    cell = getattr(layer, "cell", None)  # of a recurrent layer
    return [(layer, renamed), (cell, {})] if cell is not None else [(layer, renamed)]


class WeightSource:
    """The weights of a file, each to be taken once, by a weight of its name and shape.

    A layer asks for them with the shape that its options give it; that of the file is backed by bytes. So nothing is
    allocated for options that ask for more.
    """

    def __init__(self, weights):
        self._weights = dict(weights)
        self._taken = set()
        self._guarded = []

    def guard(self, layer):
        """Makes `layer` take its weights from here when it is built."""
        for part, renamed in parts_of(layer):
            part.add_weight = functools.partial(self._add_weight, type(part).add_weight, part, layer.name, renamed)
            self._guarded.append(part)

    def release(self):
        """Gives all layers back the way to make weights of their own."""
        for part in self._guarded:
            del part.add_weight
        self._guarded = []

    def require_all_taken(self):
        left = [name for name in self._weights if name not in self._taken]
        if left:
            refuse("load_model weightsManifest", "each weight must belong to a layer", f"also {short(', '.join(left))}")

    def _add_weight(self, add, part, owner, renamed, *args, shape=None, initializer=None, name=None, **kwargs):
        shape = tuple(args[0] if args else shape or ())
        full = f"{owner}/{renamed.get(name, name)}"
        value = self._weights.get(full)
        who = f"load_model layer {owner}"
        if value is None:
            names = [other for other in self._weights if other.startswith(f"{owner}/")] or "none of this layer"
            refuse(who, f"weightsManifest must have '{full}'", short(str(names)))
        if full in self._taken:
            refuse(who, "names of layers must differ", f"another layer with '{full}'", "Rename one of them.")
        if value.shape != shape:
            expected = f"'{full}' must have the shape {list(shape)} that follows from the options"
            refuse(who, expected, str(list(value.shape)))
        self._taken.add(full)
        start = lambda _shape, dtype=None: ops.convert_to_tensor(value, dtype=dtype)  # noqa: E731
        return add(part, shape=shape, initializer=start, name=name, **kwargs)
