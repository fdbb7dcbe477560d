"""Trains a model of this package under `keras.distribution.DataParallel` on JAX, here on two devices that are parts of
one CPU, and compares it with the same run on one device:

    pip install ./python jax
    python python/examples/distribution_jax.py [path of a model.json to train]
"""

import os
import sys

os.environ["KERAS_BACKEND"] = "jax"
os.environ["XLA_FLAGS"] = f"{os.environ.get('XLA_FLAGS', '')} --xla_force_host_platform_device_count=2".strip()

import keras
from digits import make_network, read_digits, report, train

from tfjs_piecewise_keras import load_model


def main(path=None):
    def make():
        return load_model(path) if path else make_network()

    x, y = read_digits()
    single = train(make(), x, y)
    devices = keras.distribution.list_devices("cpu")
    keras.distribution.set_distribution(keras.distribution.DataParallel(devices=devices))
    model = make()
    history = train(model, x, y)
    report(f"DataParallel on {len(devices)} devices", history, single)
    placed = model.trainable_variables[0].value.sharding
    assert len(placed.device_set) == len(devices), "the weights must be on all devices"
    return single, history


if __name__ == "__main__":
    main(*sys.argv[1:])
