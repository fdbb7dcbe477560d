"""What the tests share: models made by tfjs, and derivatives by whatever backend Keras runs on."""

import json
import os
import re
import subprocess
from pathlib import Path

os.environ.setdefault("JAX_DISABLE_MOST_OPTIMIZATIONS", "1")  # compiling is all that takes time here
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
BACKEND = keras.backend.backend()

# For what has nothing to do with the backend: JAX compiles for seconds.
once = pytest.mark.skipif(BACKEND == "jax", reason="asked on TensorFlow")


def node(script, *arguments):
    """What a script of test/python/support prints last."""
    return run_node(f"test/python/support/{script}", *arguments)


def run_node(script, *arguments, cwd=ROOT):
    """What a script of this project prints last."""
    tsx = ROOT / "node_modules" / "tsx" / "dist" / "cli.mjs"
    command = [os.environ.get("NODE", "node"), tsx, "--conditions=tfjs-piecewise:source", script]
    done = subprocess.run([*map(str, [*command, *arguments])], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip().split("\n")[-1]


def array(numbers):
    return np.asarray(numbers["values"], dtype="float32").reshape(numbers["shape"])


class Fixture:
    """A model saved by tfjs, and what tfjs computes with it."""

    def __init__(self, folder):
        self.folder = folder
        check = json.loads((folder / "check.json").read_text())
        self.title, self.derivatives = check["title"], check["gradients"] is not None
        self.inputs, self.outputs, self.factors = (
            [array(numbers) for numbers in check[key]] for key in ("inputs", "outputs", "factors")
        )
        gradients = check["gradients"] or {"inputs": [], "weights": {}}
        self.input_gradients = [array(numbers) for numbers in gradients["inputs"]]
        self.weight_gradients = {name: array(numbers) for name, numbers in gradients["weights"].items()}


@pytest.fixture(scope="session")
def fixtures(tmp_path_factory):
    """All models, by the name of their folder. Who asks several backends names one in FIXTURES, that is made by the first."""
    folder = Path(os.environ.get("FIXTURES") or tmp_path_factory.mktemp("models") / "fixtures")
    if not folder.exists():
        node("make_fixtures.ts", folder)
    # JAX compiles each: which layer of Keras stands for one of tfjs, masks and what is frozen are asked on TensorFlow.
    asked = [path for path in sorted(folder.iterdir()) if BACKEND != "jax" or re.match("own_|branches", path.name)]
    return {path.name: Fixture(path) for path in asked}


def listed(value):
    return list(value) if isinstance(value, (list, tuple)) else [value]


def single(values):
    return values[0] if len(values) == 1 else values


def outputs(model, inputs):
    """The outputs as numpy arrays, without the compilation that predict would need."""
    if BACKEND == "jax":
        import jax

        weights = [[variable.value for variable in part] for part in split(model)]
        made, _ = jax.jit(lambda *given: model.stateless_call(*weights, single(given), training=False))(*inputs)
    else:
        made = model(single([keras.ops.convert_to_tensor(x) for x in inputs]), training=False)
    return [keras.ops.convert_to_numpy(y) for y in listed(made)]


def split(model):
    return model.trainable_variables, model.non_trainable_variables


def weighted_sum(made, factors):
    return sum(keras.ops.sum(y * factor) for y, factor in zip(listed(made), factors))


def outputs_and_gradients(model, inputs, factors):
    """The outputs, and the derivatives of their weighted sum by the inputs and by the trainable weights."""
    run = {"tensorflow": _by_tensorflow, "jax": _by_jax, "torch": _by_torch}[BACKEND]
    return [[np.asarray(array) for array in arrays] for arrays in run(model, inputs, factors)]


def _by_tensorflow(model, inputs, factors):
    import tensorflow as tf

    given = [tf.constant(x) for x in inputs]
    weights = [variable.value for variable in model.trainable_variables]
    with tf.GradientTape() as tape:
        tape.watch(given)
        made = model(single(given), training=False)
        value = weighted_sum(made, factors)
    none = tf.UnconnectedGradients.ZERO
    by_inputs, by_weights = tape.gradient(value, (given, weights), unconnected_gradients=none)
    return listed(made), by_inputs, [tf.convert_to_tensor(g) for g in by_weights]


def _by_jax(model, inputs, factors):
    import jax

    fixed = [variable.value for variable in model.non_trainable_variables]

    def value(given, weights):
        made, _ = model.stateless_call(weights, fixed, single(given), training=False)
        return weighted_sum(made, factors), listed(made)

    weights = [variable.value for variable in model.trainable_variables]
    run = jax.jit(jax.grad(value, argnums=(0, 1), has_aux=True))
    (by_inputs, by_weights), made = run([jax.numpy.asarray(x) for x in inputs], weights)
    return made, by_inputs, by_weights


def _by_torch(model, inputs, factors):
    import torch

    given = [torch.tensor(x, requires_grad=True) for x in inputs]
    weights = [variable.value for variable in model.trainable_variables]
    made = model(single(given), training=False)
    value = sum(torch.sum(y * torch.tensor(factor)) for y, factor in zip(listed(made), factors))
    found = torch.autograd.grad(value, [*given, *weights], allow_unused=True)
    found = [torch.zeros_like(x) if g is None else g for x, g in zip([*given, *weights], found)]
    found = [g.detach().numpy() for g in found]
    return [y.detach().numpy() for y in listed(made)], found[: len(given)], found[len(given) :]


def expect_close(actual, expected, tolerance):
    """Differences up to a fraction of the largest number."""
    assert actual.shape == expected.shape
    size = max(np.abs(expected).max(initial=0), 1)
    difference = np.abs(actual - expected).max(initial=0) / size
    assert difference <= tolerance, f"differs by {difference}"
