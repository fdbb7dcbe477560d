"""The options of the wave layers, checked and complete."""

import math
import warnings

from tfjs_piecewise_keras.errors import fail, require_bool, require_integer, require_number, require_one_of

SCALINGS = ("tied", "free", "sawtooth", "takagi")
CURVATURES = ("convex", "concave", "dc", "signed")
INPUT_NORMS = ("none", "clip", "sigmoid", "fold", "batch_norm+sigmoid")
OUTSIDE = ("linear", "clamp")

# All that is saved as it is, in the order of the JavaScript package.
NAMES = (
    "depth scaling curvature scale base input_norm domain outside peak_epsilon peak_gain tail_peak stage seed".split()
)


def wave_options(who, default_input_norm, args):
    """The options of a wave layer by name; `args` holds what was given, None for what was not."""

    def given(name, default):
        return default if args.get(name) is None else args[name]

    scaling = require_one_of(given("scaling", "tied"), "scaling", who, SCALINGS)
    input_norm = require_one_of(given("input_norm", default_input_norm), "input_norm", who, INPUT_NORMS)
    scale = _require_scale(given("scale", "a0a1"), who)
    if given("stage", "regions") != "regions":
        fail(who, "stage must be 'regions'", args["stage"], "The free stage is a model of Dense or BlockDense layers.")
    return {
        "depth": _require_depth(given("depth", 5), who),
        "scaling": scaling,
        "curvature": require_one_of(given("curvature", "convex"), "curvature", who, CURVATURES),
        "scale": scale,
        "base": _require_base(given("base", {}), scale, who),
        "input_norm": input_norm,
        "domain": _require_domain(given("domain", (0, 1)), input_norm, who),
        "outside": _require_outside(args.get("outside"), input_norm, who),
        "peak_epsilon": require_number(given("peak_epsilon", 1e-3), "peak_epsilon", who, 1e-6, 0.1, 0.001),
        "peak_gain": require_number(given("peak_gain", 5), "peak_gain", who, 1e-3, 1e3, 5),
        "tail_peak": _require_tail_peak(args.get("tail_peak"), scaling, who),
        "stage": "regions",
    }


def _require_depth(value, who):
    depth = require_integer(value, "depth", who, 1, 5)
    if depth > 11:
        warnings.warn(f"{who}: beyond depth 11 the waves are below the precision of float32; depth {depth} adds nothing.")
    return depth


def _require_scale(value, who):
    if isinstance(value, str) and value in ("a0a1", "train"):
        return value
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not (number and math.isfinite(value) and value > 0):
        fail(who, "scale must be 'a0a1', 'train', or a finite number > 0", repr(value), "For example scale=0.25.")
    return value


def _require_base(given, scale, who):
    if not isinstance(given, dict) or not set(given) <= {"slope", "intercept", "trainable"}:
        fix = "For example base={'slope': 1}."
        fail(who, "base must be a dict of slope, intercept and trainable", repr(given), fix)
    base = {"slope": 1, "intercept": 0, "trainable": True, **given}
    require_number(base["slope"], "base['slope']", who, -math.inf, math.inf, 1)
    require_number(base["intercept"], "base['intercept']", who, -math.inf, math.inf, 0)
    require_bool(base["trainable"], "base['trainable']", who)
    if base["slope"] == 0 and isinstance(scale, str):
        expected = f"base['slope'] must not be 0, which would flatten the wave of scale '{scale}'"
        fail(who, expected, "0", "Give the wave a scale of its own: scale=0.25.")
    return base


def _require_domain(value, input_norm, who):
    good = isinstance(value, (tuple, list)) and len(value) == 2
    good = good and all(isinstance(end, (int, float)) and math.isfinite(end) for end in value)
    if not (good and value[0] < value[1]):
        fail(who, "domain must be two finite numbers, the lower first", repr(value), "For example (-1, 1).")
    if input_norm.endswith("sigmoid") and tuple(value) != (0, 1):
        expected = f"with input_norm '{input_norm}' there must be no domain"
        fail(who, expected, repr(value), "Use input_norm 'clip', 'fold' or 'none'.")
    return tuple(value)


def _require_outside(value, input_norm, who):
    if input_norm == "none":
        return require_one_of("linear" if value is None else value, "outside", who, OUTSIDE)
    if value is not None:
        expected = f"outside must be left out with input_norm '{input_norm}'"
        fail(who, expected, repr(value), "It goes with input_norm 'none'.")
    return None


def _require_tail_peak(value, scaling, who):
    tail = ("train" if scaling == "tied" else 0.5) if value is None else value
    if tail not in ("train", 0.5):
        fail(who, "tail_peak must be 'train' or 0.5", repr(tail), "Leave it out to train it.")
    if tail == "train" and scaling != "tied":
        expected = "tail_peak 'train' needs scaling 'tied'"
        fail(who, expected, f"scaling '{scaling}'", "No scale depends on it otherwise.")
    return tail
