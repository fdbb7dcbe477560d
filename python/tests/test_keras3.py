"""Files that Keras 3 has written and the converter of tensorflowjs converted."""

import json

import numpy as np
import pytest
from conftest import ROOT, expect_close, once

from tfjs_piecewise_keras import load_model
from tfjs_piecewise_keras.errors import ModelFormatError

FOLDERS = sorted(path for path in (ROOT / "test/files/support/keras3").iterdir() if path.is_dir())


@once
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_gives_the_outputs_of_the_model_that_was_saved(folder):
    check = json.loads((folder / "check.json").read_text())
    inputs = [np.asarray(x["values"], "float32").reshape(x["shape"]) for x in check["inputs"]]
    y = np.asarray(load_model(folder)(inputs if len(inputs) > 1 else inputs[0], training=False))
    expect_close(y.ravel(), np.asarray(check["output"], "float32"), 1e-5)


@once
def test_refuses_a_function_that_means_something_else(tmp_path):
    layers = [
        {"class_name": "InputLayer", "config": {"name": "input", "batch_shape": [None, 2]}},
        {"class_name": "Activation", "config": {"name": "mine", "activation": "hard_sigmoid"}},
    ]
    model = {"class_name": "Sequential", "config": {"name": "model", "layers": layers}}
    topology = {"keras_version": "3.15.1", "model_config": model}
    (tmp_path / "model.json").write_text(json.dumps({"modelTopology": topology, "weightsManifest": []}))
    with pytest.raises(ModelFormatError, match="layer mine: activation must be a function that TensorFlow.js has"):
        load_model(tmp_path)
