"""Models of tfjs compute the same in Keras, with the same derivatives, and come back to tfjs."""

import functools
import json
import shutil

import keras
import numpy as np
import pytest
from conftest import BACKEND, expect_close, node, once, outputs, outputs_and_gradients, split

from tfjs_piecewise_keras import load_model, save_model
from tfjs_piecewise_keras.layers_model.layer_table import LAYERS
from tfjs_piecewise_keras.layers_model.write_model import leaves, named_weights


@pytest.fixture(scope="module")
def models(fixtures):
    return {name: load_model(fixture.folder) for name, fixture in fixtures.items()}


@pytest.fixture(scope="module")
def computed(models, fixtures):
    """Outputs and derivatives of a model, computed once: JAX compiles for each."""

    @functools.cache
    def of(name):
        model, fixture = models[name], fixtures[name]
        if BACKEND == "numpy" or not fixture.derivatives:
            return outputs(model, fixture.inputs), None, None
        return outputs_and_gradients(model, fixture.inputs, fixture.factors)

    return of


def each(fixtures, check):
    """Runs a check on every model, and names all that fail."""
    failed = []
    for name, fixture in fixtures.items():
        try:
            check(name, fixture)
        except Exception as error:  # noqa: BLE001
            failed.append(f"{name} ({fixture.title}): {type(error).__name__} {error}")
    assert not failed, "\n".join(failed)


@once
def test_every_layer_of_the_table_is_among_the_models(models):
    seen = {type(layer).__name__ for model in models.values() for layer in leaves(model)}
    assert seen == set(LAYERS)


def test_outputs_are_those_of_tfjs(computed, fixtures):
    def check(name, fixture):
        made, _, _ = computed(name)
        assert len(made) == len(fixture.outputs)
        for y, expected in zip(made, fixture.outputs):
            expect_close(y, expected, 1e-5)

    each(fixtures, check)


@pytest.mark.skipif(BACKEND == "numpy", reason="the numpy backend has no derivatives")
def test_derivatives_are_those_of_tfjs(computed, models, fixtures):
    def check(name, fixture):
        model = models[name]
        if not fixture.derivatives:
            return
        _, by_inputs, by_weights = computed(name)
        for g, expected in zip(by_inputs, fixture.input_gradients, strict=True):
            close_to(g, expected)
        found = dict(zip((id(variable) for variable in model.trainable_variables), by_weights))
        named = {weight: found[id(variable)] for weight, variable in named_weights(model) if id(variable) in found}
        assert sorted(named) == sorted(fixture.weight_gradients)
        for weight, g in named.items():
            close_to(g, fixture.weight_gradients[weight])

    def close_to(g, expected):
        assert g.shape == expected.shape
        assert np.abs(g - expected).max() <= 1e-4 * np.abs(expected).max() + 1e-6

    each(fixtures, check)


@once
def test_saved_models_give_the_same_in_tfjs(models, fixtures, tmp_path):
    for name, fixture in fixtures.items():
        save_model(models[name], tmp_path / name)
        shutil.copy(fixture.folder / "check.json", tmp_path / name)
    differences = json.loads(node("read_back.ts", tmp_path))
    assert sorted(differences) == sorted(fixtures)
    bad = {name: d for name, d in differences.items() if not (isinstance(d, float | int) and d < 1e-5)}
    assert not bad


@pytest.mark.skipif(BACKEND == "jax", reason="files do not depend on the backend: seen with TensorFlow")
def test_what_was_saved_is_what_tfjs_saves(models, fixtures, tmp_path):
    """The same weights under the same names in the same order, and the same options of our layers."""

    def check(name, fixture):
        save_model(models[name], tmp_path / name)
        ours, theirs = (json.loads((folder / "model.json").read_text()) for folder in (tmp_path / name, fixture.folder))
        assert ours["weightsManifest"] == theirs["weightsManifest"]
        assert (tmp_path / name / "weights.bin").read_bytes() == (fixture.folder / "weights.bin").read_bytes()
        if name.startswith("own_"):
            (mine,), (other,) = (json_["modelTopology"]["config"]["layers"] for json_ in (ours, theirs))
            assert mine["class_name"] == other["class_name"]
            other["config"].pop("dtype")
            if other["class_name"] == "Dense":
                assert other["config"].pop("activity_regularizer") is None  # Keras writes none
            mine["config"].pop("dtype")
            assert simple(mine["config"]) == simple(other["config"])

    def simple(value):
        """Without what the two write differently for the same: the names and arguments of initializers."""
        if isinstance(value, dict):
            left = {k: simple(v) for k, v in value.items() if not k.endswith("_initializer") and k != "initializer"}
            return left
        return value

    each(fixtures, check)


@once
def test_models_of_keras_are_saved_and_loaded_as_keras_files(models, fixtures, tmp_path):
    def check(name, fixture):
        if not name.startswith("own_"):
            return
        path = tmp_path / f"{name}.keras"
        models[name].save(path)
        copy = keras.saving.load_model(path)
        (layer,), (original,) = copy.layers, models[name].layers
        assert layer.get_config() == original.get_config()
        assert type(original).from_config(original.get_config()).get_config() == original.get_config()
        for value, expected in zip(copy.get_weights(), models[name].get_weights(), strict=True):
            np.testing.assert_array_equal(value, expected)
        expect_close(outputs(copy, fixture.inputs)[0], fixture.outputs[0], 1e-5)

    each(fixtures, check)


@pytest.mark.skipif(BACKEND == "numpy", reason="the numpy backend does not train")
def test_layers_train(fixtures):
    """All side by side in one model, which is compiled once."""
    chosen = [fixture for name, fixture in fixtures.items() if name.startswith("own_")]
    parts = [load_model(fixture.folder) for fixture in chosen]
    if BACKEND == "jax":  # which compiles for each: one of each kind
        kinds = {}
        for part, fixture in zip(parts, chosen):
            kind = type(part.layers[-1]), *(len(weights) > 0 for weights in split(part))
            kinds.setdefault(kind, (part, fixture))
        assert len(kinds) > 7
        parts, chosen = zip(*kinds.values())
    model = keras.Model([part.inputs[0] for part in parts], [part.outputs[0] for part in parts])
    model.compile(keras.optimizers.Adam(3e-2), ["mse"] * len(parts), run_eagerly=BACKEND == "tensorflow")
    start = [keras.ops.convert_to_numpy(variable) for variable in model.trainable_variables]
    inputs = [fixture.inputs[0] / 2 for fixture in chosen]  # in [-0.5, 1): below 0, and in [0, 1] where waves bend
    targets = [np.zeros_like(fixture.outputs[0]) + 3 for fixture in chosen]
    losses = model.fit(inputs, targets, epochs=2, batch_size=8, shuffle=False, verbose=0).history["loss"]
    assert losses[-1] < 0.99 * losses[0]
    assert len(start) > (8 if BACKEND == "jax" else 50)
    for before, variable in zip(start, model.trainable_variables):
        assert np.abs(keras.ops.convert_to_numpy(variable) - before).max() > 0, variable.path
