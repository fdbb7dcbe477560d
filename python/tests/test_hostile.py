"""Damaged and hostile files are refused by one kind of error, which says who, what, and how to go on."""

import json

import numpy as np
import pytest
from hostile_changes import CHANGES, TEXTS, layers, weights

from tfjs_piecewise_keras import ModelFormatError, ReLUPair, load_model, save_model


@pytest.fixture
def folder(tmp_path):
    """A sound model: a projection with a pair, and a dense layer of 4 x 2."""
    config = {"name": "proj", "units": 4, "seed": 1, "activation": None}
    dense = {"name": "dense", "units": 2, "activation": "linear", "use_bias": True}
    topology = {
        "class_name": "Sequential",
        "config": {
            "name": "m",
            "layers": [
                {"class_name": "WHTProjection", "config": {**config, "batch_input_shape": [None, 4]}},
                {"class_name": "Dense", "config": dense},
            ],
        },
    }
    specs = [("dense/kernel", [4, 2]), ("dense/bias", [2])]
    manifest = [{"paths": ["w.bin"], "weights": [{"name": n, "shape": s, "dtype": "float32"} for n, s in specs]}]
    (tmp_path / "w.bin").write_bytes(np.arange(10, dtype="<f4").tobytes())
    (tmp_path / "model.json").write_text(json.dumps({"modelTopology": topology, "weightsManifest": manifest}))
    return tmp_path


def test_the_sound_model_loads(folder):
    np.testing.assert_array_equal(load_model(folder).get_weights()[1], [8, 9])


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_file_is_refused(folder, change):
    (folder / "sub").mkdir()
    (folder.parent / "w.bin").write_bytes((folder / "w.bin").read_bytes())
    model = json.loads((folder / "model.json").read_text())
    CHANGES[change](model)
    (folder / "model.json").write_text(json.dumps(model))
    refused(folder)


def one_layer(class_name, shape, **config):
    layer = {"class_name": class_name, "config": {"name": "odd", "batch_input_shape": [None, *shape], **config}}
    return {"modelTopology": {"class_name": "Sequential", "config": {"layers": [layer]}}, "weightsManifest": []}


@pytest.mark.parametrize(
    ("class_name", "options"),
    [("UpSampling2D", {"size": [2, 2], "interpolation": "bilinear"}),
     ("DepthwiseConv2D", {"kernel_size": [3, 3], "dilation_rate": [2, 2]})],
)  # fmt: skip
def test_what_tfjs_computes_differently_is_refused_both_ways(tmp_path, class_name, options):
    import keras

    (tmp_path / "model.json").write_text(json.dumps(one_layer(class_name, [8, 8, 2], **options)))
    with pytest.raises(ModelFormatError, match="load_model layer odd: .* must be .* TensorFlow.js"):
        load_model(tmp_path)
    model = keras.Sequential([keras.Input([8, 8, 2]), getattr(keras.layers, class_name)(**options, name="odd")])
    with pytest.raises(ModelFormatError, match="save_model layer odd: .* must be .* TensorFlow.js"):
        save_model(model, tmp_path / "out")


def test_names_that_tensorflow_cannot_have(folder):
    import keras

    model = json.loads((folder / "model.json").read_text())
    model["modelTopology"]["config"]["name"] = "größe 1"
    (folder / "model.json").write_text(json.dumps(model))
    np.testing.assert_array_equal(load_model(folder)(np.zeros([1, 4], "float32")), [[8, 9]])
    layers(model)[0]["config"]["name"] = "a b"
    (folder / "model.json").write_text(json.dumps(model))
    if keras.backend.backend() == "tensorflow":
        refused(folder)
    else:
        load_model(folder)


def refused(path):
    with pytest.raises(ModelFormatError, match=r"(?s)^load_model .*, but .*\. .+\.$") as caught:
        load_model(path)
    assert len(str(caught.value)) < 2500


@pytest.mark.parametrize("text", TEXTS)
def test_another_text_is_refused(folder, text):
    (folder / "model.json").write_bytes(TEXTS[text])
    refused(folder)


def test_every_truncation_is_refused(folder):
    whole = (folder / "w.bin").read_bytes()
    for length in (0, 1, 39, 41):
        (folder / "w.bin").write_bytes((whole + b"x")[:length])
        refused(folder)
    text = (folder / "model.json").read_bytes()
    (folder / "w.bin").write_bytes(whole)
    for length in range(0, len(text), 37):
        (folder / "model.json").write_bytes(text[:length])
        refused(folder)


def test_a_missing_model_is_refused(tmp_path):
    refused(tmp_path)
    refused(tmp_path / "none" / "model.json")


def test_quantized_weights_and_shards_are_read(folder):
    model = json.loads((folder / "model.json").read_text())
    kernel, bias = weights(model)
    kernel["quantization"] = {"dtype": "uint8", "scale": 0.5, "min": -1}
    bias["quantization"] = {"dtype": "float16"}
    model["weightsManifest"][0]["paths"] = ["one.bin", "two.bin"]
    data = np.arange(8, dtype="u1").tobytes() + np.asarray([1.5, -2], dtype="<f2").tobytes()
    (folder / "one.bin").write_bytes(data[:5])
    (folder / "two.bin").write_bytes(data[5:])
    (folder / "model.json").write_text(json.dumps(model))
    read = load_model(folder).get_weights()
    np.testing.assert_array_equal(read[0], np.arange(8).reshape(4, 2) * 0.5 - 1)
    np.testing.assert_array_equal(read[1], [1.5, -2])


def test_a_save_that_fails_keeps_the_old_files(folder, tmp_path, monkeypatch):
    model = load_model(folder)
    out = tmp_path / "out"
    save_model(model, out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    model.set_weights([w + 1 for w in model.get_weights()])
    import os

    real, calls = os.replace, []

    def fail_at_second(source, target):
        calls.append(target)
        if len(calls) == 2:
            raise OSError("no space")
        real(source, target)

    monkeypatch.setattr(os, "replace", fail_at_second)
    with pytest.raises(OSError, match="Nothing was saved"):
        save_model(model, out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_what_the_format_lacks_is_refused_by_name(tmp_path):
    import keras

    for layer in (keras.layers.Lambda(lambda x: x, name="odd"), keras.layers.Dense(2, "leaky_relu", name="odd")):
        with pytest.raises(ModelFormatError, match="save_model layer odd"):
            save_model(keras.Sequential([keras.Input([2]), layer]), tmp_path)
    with pytest.raises(ModelFormatError, match="functional"):
        save_model(type("Own", (keras.Model,), {})(), tmp_path)
    with pytest.raises(ModelFormatError, match="float32"):
        save_model(keras.Sequential([keras.Input([2]), ReLUPair(dtype="mixed_bfloat16")]), tmp_path)
    assert not list(tmp_path.iterdir())
