"""Where a layer stands in its model."""

import re

import keras

from tfjs_piecewise_keras.random_bits import seed_from_text

# Names that Keras counts up over the whole program: they say nothing of the model.
_COUNTED = re.compile(r"^(input_layer|keras_tensor)(_\d+)?$")


def position_of(inputs):
    """A number for the place that a layer takes, told by the way from the inputs of the model to there.

    The same code builds the same places, whatever the program has built before. 0 for tensors, which have no place.
    """
    known = {}
    tensors = [tensor for tensor in keras.tree.flatten(inputs) if hasattr(tensor, "_keras_history")]
    places = [(_output(tensor, known), len(tensor._keras_history.operation._outbound_nodes)) for tensor in tensors]
    return seed_from_text(repr(places)) if places else 0


def _output(tensor, known):
    operation, node_index, tensor_index = tensor._keras_history
    return seed_from_text(f"{_place(operation, operation._inbound_nodes[node_index], known)} {tensor_index}")


def _place(operation, node, known):
    if id(node) not in known:
        reads = [
            (_output(tensor, known), tensor._keras_history.operation._outbound_nodes.index(node))
            for tensor in node.input_tensors
        ]
        # Not by their shapes: a model for longer sequences is the same function.
        start = "" if _COUNTED.match(operation.name) else operation.name
        known[id(node)] = seed_from_text(repr(reads) if reads else start)
    return known[id(node)]
