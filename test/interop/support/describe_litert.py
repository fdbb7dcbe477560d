"""Prints what TensorFlow reads in a .tflite file, as JSON."""

import json
import os
import sys
from pathlib import Path

os.environ |= {"CUDA_VISIBLE_DEVICES": "", "TF_CPP_MIN_LOG_LEVEL": "3"}

import tensorflow as tf
from tensorflow.lite.python import schema_py_generated as schema

data = Path(sys.argv[1]).read_bytes()
model = schema.ModelT.InitFromPackedBuf(data, 0)
names = {code: name for name, code in vars(schema.BuiltinOperator).items() if isinstance(code, int)}
interpreter = tf.lite.Interpreter(model_content=data)
print(
    json.dumps(
        {
            "version": model.version,
            "name": model.subgraphs[0].name.decode(),
            "operators": [names[code.builtinCode] for code in model.operatorCodes],
            "inputs": [detail["shape_signature"].tolist() for detail in interpreter.get_input_details()],
            "signatures": interpreter.get_signature_list(),
            "metadata": {entry.name.decode(): bytes(model.buffers[entry.buffer].data).decode() for entry in model.metadata},
        }
    )
)
