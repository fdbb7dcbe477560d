"""The Walsh-Hadamard transform of one axis."""

from functools import lru_cache

import numpy as np
from keras import ops

from tfjs_piecewise_keras.errors import fail

# Products with matrices of this order need few multiplications more than butterflies, and far fewer passes over memory.
LARGEST_FACTOR = 32


@lru_cache(maxsize=None)
def hadamard_matrix(n):
    """The orthonormal Hadamard matrix of order `n` <= 32 in natural order."""
    h = np.ones((1, 1))
    while len(h) < n:
        h = np.block([[h, h], [h, -h]])
    return (h / np.sqrt(n)).astype("float32")


def walsh_hadamard(x, axis=-1, normalize=True, signs=None):
    """The Walsh-Hadamard transform along an axis, in natural (Sylvester) order.

    `y = H (signs * x)`; with `normalize` H is divided by sqrt(n), so that it is its own inverse and keeps the length.
    The size of the axis must be a power of two. H is applied as a Kronecker product of factors up to 32 x 32.

    Example:
        walsh_hadamard(keras.ops.array([1.0, 0.0, 0.0, 0.0]))  # [0.5, 0.5, 0.5, 0.5]
    """
    n = x.shape[axis]
    if not isinstance(n, int) or n < 1 or n & (n - 1):
        fail("walsh_hadamard", f"the size of axis {axis} must be a power of two", n, "Pad or tile the input first.")
    rank = len(x.shape)
    if axis % rank == rank - 1:
        return _transform_last(x, normalize, signs)
    y = _transform_last(ops.moveaxis(x, axis, -1), normalize, signs)
    return ops.moveaxis(y, -1, axis)


def _transform_last(x, normalize, signs):
    rest = x.shape[-1]
    y = x if signs is None else x * ops.cast(signs, x.dtype)
    while rest > 1:
        order = min(rest, LARGEST_FACTOR)
        rest //= order
        factor = ops.convert_to_tensor(hadamard_matrix(order), dtype=x.dtype)
        if rest > 1:
            y = ops.matmul(factor, ops.reshape(y, (-1, order, rest)))
        else:
            y = ops.matmul(ops.reshape(y, (-1, order)), factor)
    y = ops.reshape(y, ops.shape(x))
    return y if normalize else y * float(np.sqrt(x.shape[-1]))
