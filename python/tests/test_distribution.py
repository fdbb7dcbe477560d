"""The examples of distribution: the loss falls, and is that of one device."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import BACKEND

PYTHON = Path(__file__).resolve().parents[1]
EXAMPLES = {"jax": "distribution_jax.py", "tensorflow": "mirrored_tensorflow.py"}


@pytest.mark.skipif(BACKEND not in EXAMPLES, reason="an example for JAX and one for TensorFlow")
def test_two_devices_train_as_one_does(digits):
    """With a saved model, which is harder than one that the example makes."""
    env = {**os.environ, "PYTHONPATH": str(PYTHON / "src")}
    command = [sys.executable, PYTHON / "examples" / EXAMPLES[BACKEND], digits]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = re.search(r"on 2 devices: loss ([\d.]+) -> ([\d.]+) \(one device: ([\d.]+)\)", done.stdout)
    first, last, single = map(float, found.groups())
    assert last < first / 2
    assert abs(last - single) <= 0.01 * single


@pytest.fixture
def digits(tmp_path):
    """The network of the example as tfjs saves it."""
    from digits import make_network

    from tfjs_piecewise_keras import save_model

    save_model(make_network(), tmp_path / "model")
    return tmp_path / "model"
