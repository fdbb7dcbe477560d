"""Networks for images that people take from Keras: they come to TensorFlow.js, and its instruments read them."""

import json

import keras
import numpy as np
import pytest
from conftest import node, once
from keras.src.applications import resnet

from tfjs_piecewise_keras import load_model, save_model
from tfjs_piecewise_keras.errors import ModelFormatError

SHAPE = (32, 32, 3)
HEAD = {"weights": None, "classes": 10, "classifier_activation": None}


def mobile():
    """MobileNet with a quarter of its channels: depthwise and pointwise convolutions, zero padding, normalization, ReLU6."""
    return keras.applications.MobileNet(input_shape=SHAPE, alpha=0.25, **HEAD)


def residual():
    """What ResNet50 is made of, in its first two sizes and few channels: zero padding, bottlenecks, sums."""

    def stack(x):
        x = resnet.stack_residual_blocks_v1(x, 8, 2, stride1=1, name="conv2")
        return resnet.stack_residual_blocks_v1(x, 16, 2, name="conv3")

    return resnet.ResNet(stack, preact=False, use_bias=True, input_shape=SHAPE, name="residual", **HEAD)


def trained(model):
    """Averages and scales as training leaves them."""
    random = np.random.default_rng(3)
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            shape = layer.gamma.shape
            around, beside = (lambda: random.uniform(0.5, 1.5, shape)), (lambda: random.normal(0, 0.2, shape))
            layer.set_weights([around(), beside(), beside(), around()])
    return model


@once
def test_networks_for_images_are_read_by_the_instruments(tmp_path):
    keras.utils.set_random_seed(1)
    x = np.random.default_rng(1).uniform(0, 1, (3, *SHAPE)).astype("float32")
    models = {"mobile": trained(mobile()), "residual": trained(residual())}
    for name, model in models.items():
        save_model(model, tmp_path / name)
        y = np.asarray(model(x, training=False))
        check = {"samples": x.reshape(3, -1).tolist(), "outputs": y.tolist(), "shape": SHAPE}
        (tmp_path / name / "check.json").write_text(json.dumps(check))
        np.testing.assert_allclose(np.asarray(load_model(tmp_path / name)(x, training=False)), y, atol=1e-6)
    for name, found in json.loads(node("instruments.ts", tmp_path)).items():
        assert found["difference"] < 1e-5, found
        assert found["parameters"] == models[name].count_params()
        assert found["exact"] and found["cells"] >= found["regions"] > 3, found
        assert found["polygons"] > 1 and found["valuesOff"] < 1e-5 and abs(found["area"] - 1) < 1e-9, found
        assert found["dead"] + found["alive"] + found["unknown"] == found["units"]
        assert found["alive"] > 0.9 * found["units"], found


@once
@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        (keras.layers.GlobalAveragePooling1D, [5, 2]),
        (keras.layers.GlobalMaxPooling1D, [5, 2]),
        (keras.layers.GlobalAveragePooling2D, [4, 6, 2]),
        (keras.layers.GlobalMaxPooling2D, [4, 6, 2]),
    ],
)
def test_a_global_pooling_that_keeps_its_axes_is_a_window_over_all(layer, shape, tmp_path):
    model = keras.Sequential([keras.Input(shape), layer(keepdims=True)])
    save_model(model, tmp_path)
    x = np.random.default_rng(1).normal(size=(2, *shape)).astype("float32")
    expected = np.asarray(model(x))
    assert expected.ndim == x.ndim
    np.testing.assert_allclose(np.asarray(load_model(tmp_path)(x)), expected, atol=1e-6)

    of_any_size = keras.Sequential([keras.Input([None] * (len(shape) - 1) + shape[-1:]), layer(keepdims=True)])
    with pytest.raises(ModelFormatError, match="with keepdims=True the input must be of one known size"):
        save_model(of_any_size, tmp_path)
