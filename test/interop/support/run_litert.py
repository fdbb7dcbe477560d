"""Runs model.tflite of the folders given with the interpreter of the package that the first argument says."""

import json
import os
import sys
from pathlib import Path

os.environ |= {"CUDA_VISIBLE_DEVICES": "", "TF_CPP_MIN_LOG_LEVEL": "3"}

import numpy as np

name, *folders = sys.argv[1:]
if name == "tflite":
    import tensorflow as tf

    Interpreter = tf.lite.Interpreter
else:
    from ai_edge_litert.interpreter import Interpreter

for folder in map(Path, folders):
    interpreter = Interpreter(str(folder / "model.tflite"), num_threads=1)
    details = interpreter.get_input_details()
    inputs = json.loads((folder / "inputs.json").read_text())
    for entry, detail in zip(inputs, details, strict=True):
        assert entry["name"] == detail["name"], (entry, detail)
        interpreter.resize_tensor_input(detail["index"], entry["shape"], strict=True)
    try:
        interpreter.allocate_tensors()
        for i, (entry, detail) in enumerate(zip(inputs, details, strict=True)):
            data = np.fromfile(folder / f"input{i}.bin", np.float32).reshape(entry["shape"])
            interpreter.set_tensor(detail["index"], data)
        interpreter.invoke()
    except (RuntimeError, ValueError) as error:
        print(folder, error, file=sys.stderr)
        continue
    for i, detail in enumerate(interpreter.get_output_details()):
        interpreter.get_tensor(detail["index"]).tofile(folder / f"{name}{i}.bin")
