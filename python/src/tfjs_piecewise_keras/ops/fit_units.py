"""An axis made longer or shorter, and put on the sphere."""

from keras import ops


def first_units(x, axis, count):
    """The first `count` units of an axis."""
    index = [slice(None)] * len(x.shape)
    index[axis] = slice(0, count)
    return x[tuple(index)]


def expand_units(x, axis, size, how):
    """An axis made longer, to `size` units: by its own units again from the first on ('tile'), or by zeros ('pad')."""
    units = x.shape[axis]
    missing = size - units
    if missing == 0:
        return x
    if how == "pad":
        return ops.pad(x, [(0, missing if i == axis else 0) for i in range(len(x.shape))])
    copies = ops.tile(x, [size // units if i == axis else 1 for i in range(len(x.shape))])
    rest = size % units
    return ops.concatenate([copies, first_units(x, axis, rest)], axis=axis) if rest else copies


def sphere(x, axis):
    """x divided by its root mean square along the axis."""
    return x * ops.rsqrt(ops.mean(ops.square(x), axis=axis, keepdims=True) + 1e-20)
