"""A limit on the numbers that layers hold beside their weights: a file of 1 kB can ask for any amount of them."""

from contextlib import contextmanager
from contextvars import ContextVar

from tfjs_piecewise_keras.errors import fail

_left = ContextVar("left", default=None)


@contextmanager
def limit_reserved_numbers(limit):
    """While this runs, layers that are built hold at most `limit` numbers together."""
    token = _left.set([limit])
    try:
        yield
    finally:
        _left.reset(token)


def reserve_numbers(count, who):
    """A layer asks before it makes `count` numbers that are no weights."""
    left = _left.get()
    if left is None:
        return
    if count > left[0]:
        received = f"{count}"
        fail(who, f"at most {left[0]} numbers beside the weights may be held", received, "Build the model in code.")
    left[0] -= count
