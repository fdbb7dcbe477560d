"""What is true of the layers in Keras alone."""

import keras
import numpy as np
import pytest
from conftest import once

from tfjs_piecewise_keras.layers import BlockDense, ReLUPair, RegionDense, TriangleWave, WHTProjection


def stack():
    return keras.Sequential(
        [
            keras.Input([16]),
            WHTProjection(32, rounds=2),
            ReLUPair(parametric_fraction=0.5),
            WHTProjection(20, activation=ReLUPair(parametric_fraction=0.25)),
            keras.layers.Dense(8),
            BlockDense(size=2),
            TriangleWave(curvature="signed"),
            RegionDense(4, curvature="signed"),
        ]
    )


def branches():
    inputs = keras.Input([16])
    parts = [ReLUPair(parametric_fraction=0.5)(WHTProjection(8)(inputs)) for _ in range(3)]
    return keras.Model(inputs, WHTProjection(3)(keras.layers.add(parts)))


@once
def test_the_same_code_builds_the_same_function_of_the_weights():
    x = keras.random.normal([6, 16], seed=1)
    for build in (stack, branches):
        first = build()
        for _ in range(3):  # count up the names of layers and inputs
            WHTProjection(4)(keras.Input([4]))
        second = build()
        first.set_weights([weight + 0.1 for weight in second.get_weights()])
        second.set_weights(first.get_weights())
        assert np.array_equal(*(keras.ops.convert_to_numpy(model(x)) for model in (first, second)))


@once
def test_layers_one_after_the_other_and_side_by_side_have_different_seeds():
    for model in (stack(), branches()):
        seeds = [layer.seed for layer in model.layers if hasattr(layer, "seed")]
        assert None not in seeds and len(set(seeds)) == len(seeds)


@once
def test_a_seed_that_was_given_or_saved_stays_and_an_unbuilt_layer_has_none():
    assert WHTProjection(4).seed is None
    assert WHTProjection.from_config(WHTProjection(4).get_config()).seed is None
    assert WHTProjection(4, seed=7).seed == 7
    built = WHTProjection(4)
    built(keras.Input([4]))
    assert WHTProjection.from_config(built.get_config()).seed == built.seed


@once
def test_a_frozen_wave_keeps_its_averages_in_fit():
    x = np.random.default_rng(1).normal(3, 1, [32, 2]).astype("float32")
    for build in (lambda: TriangleWave(input_norm="batch_norm+sigmoid"), lambda: RegionDense(3, input_norm="batch_norm+sigmoid")):
        wave = build()
        model = keras.Sequential([keras.Input([2]), wave, keras.layers.Dense(1)])
        wave.trainable = False
        before = wave.get_weights()
        model.compile("sgd", "mse", run_eagerly=True)
        model.fit(x, x[:, :1], epochs=2, verbose=0)
        assert all(np.array_equal(a, b) for a, b in zip(before, wave.get_weights(), strict=True))
        wave.trainable = True
        model.compile("sgd", "mse", run_eagerly=True)
        model.fit(x, x[:, :1], epochs=1, verbose=0)
        assert not all(np.array_equal(a, b) for a, b in zip(before, wave.get_weights(), strict=True))


def test_random_bias_is_drawn_from_the_seed_and_none_in_a_layer_saved_before_there_was_one():
    layer = WHTProjection(64, seed=3)
    zeros = np.zeros((1, 4), "float32")
    bias = np.array(layer(zeros))[0]
    assert np.array_equal(bias, np.array(WHTProjection(64, seed=3)(zeros))[0])
    assert 0.3 < np.sqrt(np.mean(bias**2)) < 0.7
    config = layer.get_config()
    assert config["random_bias"] == 0.5
    del config["random_bias"]
    assert np.array_equal(np.array(WHTProjection.from_config(config)(zeros)), np.zeros((1, 64)))
    with pytest.raises(ValueError, match="random_bias must be a finite number >= 0"):
        WHTProjection(4, random_bias=-1)
