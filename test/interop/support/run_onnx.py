"""Checks model.onnx of the folders given with onnx, and runs it with onnxruntime."""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

name, *folders = sys.argv[1:]
for folder in map(Path, folders):
    model = onnx.load(folder / "model.onnx")
    onnx.checker.check_model(model, full_check=True)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        folder / "model.onnx", options, providers=["CPUExecutionProvider"]
    )
    inputs = json.loads((folder / "inputs.json").read_text())
    feeds = {
        entry["name"]: np.fromfile(folder / f"input{i}.bin", np.float32).reshape(entry["shape"])
        for i, entry in enumerate(inputs)
    }
    for i, output in enumerate(session.run(None, feeds)):
        output.astype(np.float32).tofile(folder / f"{name}{i}.bin")
