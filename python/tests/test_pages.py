"""The code of the pages runs as it stands there, on a model that lies in out/model."""

import re
from pathlib import Path

import keras
import pytest
from conftest import once

from tfjs_piecewise_keras import ReLUPair, WHTProjection, load_model, save_model

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["python/README.md", "docs/guides/save_and_export.md"]


@once
@pytest.mark.parametrize("page", PAGES)
def test_the_code_of(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    save_model(keras.Sequential([keras.Input([4]), WHTProjection(8, seed=1), ReLUPair()]), "out/model")
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(), re.DOTALL)
    (code,) = (block for block in blocks if "tfjs_piecewise_keras" in block)
    exec(code, {})
    assert load_model("out/trained").count_params() == 16
