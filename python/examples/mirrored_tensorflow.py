"""Trains a model of this package under `tf.distribute.MirroredStrategy`, here on two devices that are parts of one CPU,
and compares it with the same run on one device:

    pip install ./python tensorflow
    python python/examples/mirrored_tensorflow.py [path of a model.json to train]
"""

import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import tensorflow as tf
from digits import make_network, read_digits, report, train

from tfjs_piecewise_keras import load_model


def main(path=None):
    def make():
        return load_model(path) if path else make_network()

    cpu = tf.config.list_physical_devices("CPU")[0]
    tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
    devices = [device.name for device in tf.config.list_logical_devices("CPU")]
    x, y = read_digits()
    single = train(make(), x, y)
    # The default reduction is for GPUs.
    strategy = tf.distribute.MirroredStrategy(devices, cross_device_ops=tf.distribute.ReductionToOneDevice())
    with strategy.scope():
        history = train(make(), x, y)
    report(f"MirroredStrategy on {strategy.num_replicas_in_sync} devices", history, single)
    return single, history


if __name__ == "__main__":
    main(*sys.argv[1:])
