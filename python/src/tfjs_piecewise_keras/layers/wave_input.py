"""The input of a wave brought to [0, 1], and what goes on beyond."""

from keras import ops


def normalize_input(x, input_norm, domain, outside):
    """The input brought to [0, 1]; with outside 'linear' only its domain is."""
    low, high = domain
    u = x if (low, high) == (0, 1) else (x - low) / (high - low)
    if input_norm.endswith("sigmoid"):  # a batch norm has weights, so that the layer did it before
        return ops.sigmoid(u)
    if input_norm == "fold":  # the zigzag through (0, 0), (1, 1), (2, 0), of period 2
        return 1 - ops.abs(u - 2 * ops.floor(u / 2) - 1)
    if input_norm == "clip" or outside == "clamp":
        return clip_unit(u)
    return u


def clip_unit(u):
    """u clipped to [0, 1]; the ends belong to the inside, and a NaN stays."""
    return ops.where(u > 1, ops.ones_like(u), ops.where(u < 0, ops.zeros_like(u), u))


def beyond_unit(u, at_zero, at_one):
    """What carries the end pieces of a sum of waves beyond [0, 1]: their slopes, times the distance to there."""
    return -ops.relu(-u) * at_zero + ops.relu(u - 1) * at_one


def end_slopes(peaks, scales):
    """The slopes of a sum of waves at the ends of [0, 1]: those of its first and its last piece."""
    rise, at_zero = 1.0, 0.0
    for peak, scale in zip(peaks, scales):
        rise = rise / peak
        at_zero = at_zero + rise * scale
    return at_zero, -at_zero * peaks[0] / (1 - peaks[0])
