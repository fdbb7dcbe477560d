"""Runs layers/model.json of the folders given with Keras on the backend that the first argument says."""

import json
import os
import sys
from pathlib import Path

name, *folders = sys.argv[1:]
os.environ |= {"KERAS_BACKEND": name, "CUDA_VISIBLE_DEVICES": "", "TF_CPP_MIN_LOG_LEVEL": "3"}
os.environ["JAX_DISABLE_MOST_OPTIMIZATIONS"] = "1"  # compiling is all that takes time here
sys.path.insert(0, str(Path(__file__).parents[3] / "python" / "src"))

import numpy as np

from tfjs_piecewise_keras import load_model

for folder in map(Path, folders):
    model = load_model(folder / "layers")
    inputs = json.loads((folder / "inputs.json").read_text())
    given = [
        np.fromfile(folder / f"input{i}.bin", np.float32).reshape(entry["shape"]) for i, entry in enumerate(inputs)
    ]
    made = model(given if len(given) > 1 else given[0], training=False)  # predict would compile each model
    for i, output in enumerate(made if isinstance(made, (list, tuple)) else [made]):
        np.asarray(output).tofile(folder / f"{name}{i}.bin")
