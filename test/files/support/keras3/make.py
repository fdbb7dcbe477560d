"""Writes the folders beside this file: models that Keras 3 has saved, converted by the converter of tensorflowjs 4.22.

    pip download --no-deps tensorflowjs==4.22.0 && unzip tensorflowjs-*.whl -d converter
    python make.py converter

Of the converter only the part that reads files of Keras is loaded; the rest needs packages that Keras 3 does not work with.
"""

import io
import json
import sys
import types
import zipfile
from pathlib import Path

converter, here = Path(sys.argv[1]), Path(__file__).parent
for name in ("tensorflowjs", "tensorflowjs.converters"):
    module = types.ModuleType(name)
    module.__path__ = [str(converter / name.replace(".", "/"))]
    sys.modules[name] = module

import h5py
import keras
import numpy as np
from keras import layers
from tensorflowjs.converters import keras_h5_conversion as conversion


def functional():
    """Two inputs, a model inside, branches that meet, and names and options that Keras 3 has of its own."""
    image, extra = keras.Input([6, 6, 2], name="image"), keras.Input([5], name="extra")
    x = layers.Conv2D(3, 3, strides=2, padding="same", activation="relu")(image)
    x = layers.BatchNormalization()(x)
    x = layers.DepthwiseConv2D(2)(x)
    x = layers.LeakyReLU(negative_slope=0.1)(x)
    x = layers.Flatten()(x)
    inner = keras.Sequential(
        [keras.Input([5]), layers.Dense(4, activation="silu", kernel_regularizer="l2"), layers.Dropout(0.2)],
        name="inner",
    )
    y = inner(extra)
    z = layers.Dense(4, activation="tanh")(layers.Concatenate()([x, y]))
    z = layers.Add()([z, y])
    return keras.Model([image, extra], layers.Dense(2, activation="softmax", name="head")(z), name="small")


def sequential():
    stack = [layers.LSTM(4, return_sequences=True), layers.LayerNormalization(), layers.Dense(3)]
    return keras.Sequential([keras.Input([7, 3]), *stack, layers.GlobalAveragePooling1D(), layers.Dense(1)])


def converted(path):
    if path.suffix == ".h5":
        return conversion.h5_merged_saved_model_to_tfjs_format(str(path))
    with zipfile.ZipFile(path) as file:
        weights = h5py.File(io.BytesIO(file.read("model.weights.h5")))
        described = (json.loads(file.read(name)) for name in ("metadata.json", "config.json"))
        return conversion.h5_v3_merged_saved_model_to_tfjs_format(weights, *described)


for build in (functional, sequential):
    keras.utils.clear_session()
    keras.utils.set_random_seed(1)
    model = build()
    random = np.random.default_rng(1)
    inputs = [random.normal(size=[3, *x.shape[1:]]).astype("float32") for x in model.inputs]
    output = np.asarray(model(inputs if len(inputs) > 1 else inputs[0], training=False))
    check = {
        "inputs": [{"shape": list(x.shape), "values": x.ravel().tolist()} for x in inputs],
        "output": output.ravel().tolist(),
    }
    for kind in ("h5", "keras"):
        folder = here / f"{build.__name__}_{kind}"
        folder.mkdir(exist_ok=True)
        path = folder / f"model.{kind}"
        model.save(path)
        conversion.write_artifacts(*converted(path), str(folder))
        path.unlink()
        (folder / "check.json").write_text(json.dumps(check))
