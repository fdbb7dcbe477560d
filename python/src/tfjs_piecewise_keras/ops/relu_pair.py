"""Two slopes by the sign of the input."""

from keras import ops


def relu_pair(x, negative, positive):
    """Multiplies each element by one of two slopes: `y = x * (x < 0 ? negative : positive)`.

    The slopes are broadcast to the shape of x. At 0 the derivative is `positive`; a NaN stays NaN.

    Example:
        relu_pair(keras.ops.array([-2.0, 3.0]), 0.5, 2.0)  # [-1, 6]
    """
    return x * ops.where(x < 0, ops.cast(negative, x.dtype), ops.cast(positive, x.dtype))
