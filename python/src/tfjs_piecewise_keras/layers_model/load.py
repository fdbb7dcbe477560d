"""Models saved by TensorFlow.js as models of Keras."""

import os
import re

from tfjs_piecewise_keras.errors import ModelFormatError, short
from tfjs_piecewise_keras.layers.allocation_limit import limit_reserved_numbers
from tfjs_piecewise_keras.layers_model.keras3 import from_keras3, is_keras3
from tfjs_piecewise_keras.layers_model.read_json import AGAIN, MODEL_FILE, read_json, refuse
from tfjs_piecewise_keras.layers_model.read_model import ModelReader
from tfjs_piecewise_keras.layers_model.weight_files import read_weights
from tfjs_piecewise_keras.layers_model.weight_source import WeightSource

# Signs and fixed slopes of all layers of a file together: 16 of these networks of a million units, or 256 MB.
MOST_RESERVED_NUMBERS = 2**26


def load_model(path):
    """The Keras model, with its weights, that TensorFlow.js saved as a layers model (`model.save`).

    Sequential and functional models, also inside each other, of the layers of tfjs-piecewise and those that Keras has,
    too; weights may be quantized. It is not compiled. Files may come from anywhere: nothing in them is run.

    Args:
        path: A `model.json`, or the folder that has one.

    Raises:
        ModelFormatError: The files are missing, damaged, or hold what Keras cannot compute.

    Example:
        model = load_model("out/model")
        model.compile("adam", "mse")
    """
    path = os.fspath(path)
    path = os.path.join(path, MODEL_FILE) if os.path.isdir(path) else path
    json = read_json(path)
    if json.get("format") == "graph-model":
        refuse(f"load_model {path}", "it must be a layers model", "a graph model", "Save it by model.save.")
    json = from_keras3(json) if is_keras3(json["modelTopology"]) else json
    topology = json["modelTopology"].get("model_config", json["modelTopology"])
    source = WeightSource(read_weights(json.get("weightsManifest"), os.path.dirname(path)))
    try:
        with limit_reserved_numbers(MOST_RESERVED_NUMBERS):
            model = ModelReader(source).read(topology)
    except ModelFormatError:
        raise
    except Exception as error:  # Keras and its backends say no in many ways; to a caller it is one: a bad file
        message = f"load_model {path}: its layers must fit together, but Keras says: {short(str(error), 500)} {AGAIN}"
        raise ModelFormatError(message) from error
    finally:
        source.release()
    source.require_all_taken()
    # TensorFlow runs a model in a scope of its name. No weight is named after it.
    model.name = re.sub(r"^[^A-Za-z0-9]|[^A-Za-z0-9_.-]", "_", model.name).lstrip("_") or "model"
    return model
