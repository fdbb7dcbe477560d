"""The code of the pages runs as it stands there: README.md from pip to the lines that it prints, and the Python of the guide.
Of the section on tests the names are there: its commands are those that run this."""

import json
import os
import re
import shlex
import subprocess
import sys

import pytest
from conftest import BACKEND, ROOT, once, run_node

GUIDE = (ROOT / "docs/guides/save_and_export.md").read_text()
README = (ROOT / "python/README.md").read_text()


def blocks(page, language):
    return re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A folder with out/model, as the first program of the guide leaves it."""
    folder = tmp_path_factory.mktemp("saved")
    made = ROOT / ".cache" / f"first_program_{os.getpid()}.mts"  # inside the project, where the package finds itself
    made.write_text(blocks(GUIDE, "ts")[0])
    try:
        run_node(made, cwd=folder)
    finally:
        made.unlink()
    return folder


@once
@pytest.mark.parametrize("page", [README, GUIDE], ids=["README", "save_and_export"])
def test_the_python_of(page, saved, monkeypatch):
    from tfjs_piecewise_keras import load_model

    monkeypatch.chdir(saved)
    (code,) = (block for block in blocks(page, "python") if "tfjs_piecewise_keras" in block)
    exec(code, {})
    assert load_model("out/trained").count_params() == 16


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """`pip install ./python` into a folder. What it needs, Keras and its backend, is here already."""
    folder = tmp_path_factory.mktemp("installed")
    options = ["--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check", "--target", folder]
    run([sys.executable, "-m", "pip", "install", "-q", *options, "./python"])
    assert (folder / "tfjs_piecewise_keras" / "__init__.py").exists()
    return folder


def run(command, **environment):
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.skipif(BACKEND not in ("jax", "tensorflow"), reason="an example for JAX and one for TensorFlow")
def test_the_example_of_distribution_runs_after_pip_and_prints_what_the_page_says(installed):
    sections = re.findall(r"```bash\n(pip install \./python (\w+)\n)(python .*?)\n```\n\n```text\n(.*?)\n```", README)
    ((_, _, command, says),) = (section for section in sections if section[1] == BACKEND)
    _, *words = shlex.split(command)
    environment = {"PYTHONPATH": str(installed)}
    if BACKEND == "tensorflow":
        environment["TF_ENABLE_ONEDNN_OPTS"] = "0"
    prints = run([sys.executable, *words], **environment).strip().split("\n")[-1]
    number = r"\d+\.\d+"
    assert re.sub(number, "", prints) == re.sub(number, "", says)
    # Sums in another order, on another processor, end a little elsewhere.
    for is_, said in zip(re.findall(number, prints), re.findall(number, says)):
        assert float(is_) == pytest.approx(float(said), rel=0.02)


@once
def test_every_command_is_run_above_or_is_there():
    """Commands that take minutes, or that run these tests: their parts, projects and scripts exist."""
    commands = [line for block in blocks(README, "bash") for line in block.strip().split("\n")]
    run_above = [command for command in commands if re.match(r"pip install \./python \w+$|python python/examples/", command)]
    assert len(run_above) == 5
    assert [command for command in commands if command not in run_above] == [
        "npm run setup -- python",
        "npx jest --selectProjects keras",
        "KERAS_BACKEND=jax ../.cache/python/bin/python -m pytest",
    ]
    assert (ROOT / "scripts/setup/python.mjs").exists()
    assert "setup" in json.loads((ROOT / "package.json").read_text())["scripts"]
    assert "displayName: 'keras'" in (ROOT / "jest.config.js").read_text()
