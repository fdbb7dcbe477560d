"""Errors in three parts: who expected what, what was received, how to fix it."""

import math
import numbers


class ModelFormatError(ValueError):
    """A file that is no layers model, or a model that the layers format cannot hold."""


def fail(who, expected, received, fix, error=ValueError):
    """Raises an error of three parts; what was received is shown in short."""
    raise error(f"{who}: {expected}, but received {short(received)}. {fix}")


def short(value, limit=200):
    """A value as text that does not fill the screen."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= limit else f"{text[:limit]}..."


def require_integer(value, name, who, low, good):
    """An integer of at least `low`. Not above 2^53: JavaScript reads it, too."""
    whole = isinstance(value, numbers.Integral) or (isinstance(value, float) and value.is_integer())
    if isinstance(value, bool) or not whole or not low <= value <= 2**53 - 1 or value < -(2**53) + 1:
        limit = "" if low == -math.inf else f" >= {low}"
        fail(who, f"{name} must be an integer{limit}", repr(value), f"For example {name}={good}.")
    return int(value)


def require_number(value, name, who, low, high, good):
    """A finite number from `low` to `high`."""
    number = isinstance(value, numbers.Real) and not isinstance(value, bool)
    if not (number and math.isfinite(value) and low <= value <= high):
        above = "" if low == -math.inf else f" >= {low}"
        kind = f"a finite number{above}" if high == math.inf else f"a number from {low} to {high}"
        fail(who, f"{name} must be {kind}", repr(value), f"For example {name}={good}.")
    return value if isinstance(value, int) else float(value)


def require_one_of(value, name, who, choices):
    """One of a few words."""
    if not isinstance(value, str) or value not in choices:
        listed = ", ".join(f"'{choice}'" for choice in choices)
        fail(who, f"{name} must be one of {listed}", repr(value), f"For example {name}='{choices[0]}'.")
    return value


def require_bool(value, name, who):
    """True or False."""
    if not isinstance(value, bool):
        fail(who, f"{name} must be True or False", repr(value), f"For example {name}=True.")
    return value
