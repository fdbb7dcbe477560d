"""What the two examples of distribution share: the digits of this repository and a network for them."""

import gzip
from pathlib import Path

import keras
import numpy as np

from tfjs_piecewise_keras import ReLUPair, WHTProjection

FILE = Path(__file__).resolve().parents[2] / "examples" / "data" / "digits" / "digits.csv.gz"


def read_digits(count=1536):
    """The first images, 64 numbers from 0 to 1 each, and their classes."""
    with gzip.open(FILE, "rt") as file:
        rows = np.loadtxt(file, delimiter=",", dtype="float32", max_rows=count)
    return rows[:, :64] / 16, rows[:, 64].astype("int32")


def make_network():
    """1,354 weights: two layers of 256 units, read out by a dense layer. Equal starts for equal calls."""
    start = keras.initializers.GlorotUniform(seed=1)
    return keras.Sequential(
        [
            keras.Input([64]),
            WHTProjection(256, seed=1),
            ReLUPair(name="first"),
            WHTProjection(32, seed=2),
            keras.layers.Dense(10, kernel_initializer=start),
        ]
    )


def train(model, x, y, epochs=6):
    """The loss of each epoch. The order of the batches is fixed, so that two runs can be compared."""
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss, metrics=["accuracy"])
    return model.fit(x, y, batch_size=128, epochs=epochs, shuffle=False, verbose=0).history


def report(name, history, single=None):
    """A line a person can read; the last loss of a run on one device beside it."""
    loss, accuracy = history["loss"], history["accuracy"]
    beside = "" if single is None else f" (one device: {single['loss'][-1]:.4f})"
    print(f"{name}: loss {loss[0]:.4f} -> {loss[-1]:.4f}{beside}, accuracy {100 * accuracy[-1]:.1f} %")
