"""model.json as plain Python values, from a file that may be damaged or hostile."""

import json
import os

from tfjs_piecewise_keras.errors import ModelFormatError, fail

MODEL_FILE = "model.json"
AGAIN = "Save the model again, or load another file."

# A model inside a model takes four levels; nobody nests ten of them.
DEEPEST = 60

# Names by which a key could reach the machinery of a language instead of an entry.
FORBIDDEN_KEYS = ("__proto__", "prototype", "constructor")


def refuse(who, expected, received, fix=AGAIN):
    """Raises a ModelFormatError of three parts."""
    fail(who, expected, received, fix, error=ModelFormatError)


def read_json(path):
    """The object in a JSON file."""
    who = f"load_model {path}"
    try:
        with open(path, "rb") as file:
            data = file.read()
    except (OSError, ValueError) as error:
        folder = os.path.dirname(path) or "."
        fix = f"Check the path: it names a {MODEL_FILE} or its folder, and {folder} must have one."
        refuse(who, f"there must be a {MODEL_FILE} that can be read", str(error), fix)
    try:
        value = json.loads(data.decode("utf-8"), parse_constant=_no_constant)
    except RecursionError:
        refuse(who, f"JSON may be nested {DEEPEST} levels deep", "one that is nested deeper")
    except ValueError as error:
        refuse(who, "the file must be JSON in UTF-8", f"something else, or it was cut off: {error}")
    _check_nesting(value, who)
    if not isinstance(value, dict) or not isinstance(value.get("modelTopology"), dict):
        keys = list(value)[:8] if isinstance(value, dict) else type(value).__name__
        refuse(who, "the file must be an object with modelTopology and weightsManifest", keys)
    return value


def _no_constant(name):
    raise ValueError(f"{name} is no JSON")


def _check_nesting(value, who):
    """Not recursive: it is what makes recursion safe later."""
    level = [value]
    for _ in range(DEEPEST):
        below = []
        for item in level:
            if isinstance(item, dict):
                for key in item:
                    if key in FORBIDDEN_KEYS or (key.startswith("__") and key.endswith("__")):
                        refuse(who, "keys must be names of options", repr(key))
                below.extend(item.values())
            elif isinstance(item, list):
                below.extend(item)
        level = below
        if not level:
            return
    refuse(who, f"JSON may be nested {DEEPEST} levels deep", "one that is nested deeper")
