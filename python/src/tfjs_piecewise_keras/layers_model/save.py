"""Models of Keras as files that TensorFlow.js loads."""

import hashlib
import json
import os

import keras
import numpy as np

from tfjs_piecewise_keras.errors import fail
from tfjs_piecewise_keras.layers_model.read_json import MODEL_FILE
from tfjs_piecewise_keras.layers_model.replace_files import replace_files
from tfjs_piecewise_keras.layers_model.write_layer import refuse
from tfjs_piecewise_keras.layers_model.write_model import named_weights, write_model

WEIGHTS_FILE = "weights.bin"


def save_model(model, folder):
    """Saves a Keras model as a layers model: `tf.loadLayersModel` reads it after `import 'tfjs-piecewise'`.

    The folder gets `model.json` and `weights.bin`. A save that fails leaves the files of the last one as they were.

    Args:
        model: A `keras.Sequential` or functional model of the layers of this package and those that TensorFlow.js has.
        folder: Where to; it is made if it does not exist.

    Raises:
        ModelFormatError: The model holds what the format, or TensorFlow.js, does not have.
        OSError: The files cannot be written.

    Example:
        save_model(model, "out/model")
    """
    folder = os.fspath(folder)
    if folder.endswith(".json"):
        fix = f"Leave out the file name: the folder gets a {MODEL_FILE} and a {WEIGHTS_FILE}."
        fail("save_model", "a model is saved to a folder", folder, fix)
    if not isinstance(model, keras.Model):
        refuse("save_model", "model must be a keras.Model", type(model).__name__, "Put the layer into a Sequential.")
    topology = {
        **write_model(model),
        "keras_version": f"keras {keras.__version__}",
        "backend": keras.backend.backend(),
    }
    specs, data = [], []
    for name, variable in named_weights(model):
        value = np.ascontiguousarray(keras.ops.convert_to_numpy(variable), dtype="<f4")
        specs.append({"name": name, "shape": list(value.shape), "dtype": "float32"})
        data.append(value.tobytes())
    content = b"".join(data)
    text = json.dumps(
        {
            "modelTopology": topology,
            "weightsManifest": [
                {"paths": [WEIGHTS_FILE], "weights": specs, "sha256": hashlib.sha256(content).hexdigest()}
            ],
            "format": "layers-model",
            "generatedBy": "tfjs-piecewise-keras",
            "convertedBy": None,
        },
        allow_nan=False,
    )
    os.makedirs(folder, exist_ok=True)
    # The weights take their place first: a model.json never speaks of weights that are not there yet.
    replace_files(folder, {WEIGHTS_FILE: content, MODEL_FILE: text.encode("utf-8")})
