"""Layers with known weights and known errors, frozen unless asked to train."""

import sys

from tfjs_piecewise_keras.errors import require_number
from tfjs_piecewise_keras.initializers import Given, PeakConstant
from tfjs_piecewise_keras.layers.region_dense import RegionDense
from tfjs_piecewise_keras.layers.triangle_wave import TriangleWave


def square(domain=(0, 1), depth=5, trainable=False, **kwargs):
    """x^2, element by element, in 2^depth straight pieces of the domain; beyond it the end pieces go on.

    Source: Yarotsky, "Error bounds for approximations with deep ReLU networks", 2017.

    Example:
        square(depth=3, domain=(-1, 1))  # error at most 1/64
    """
    low, high = domain
    length = high - low
    return TriangleWave(
        depth=depth,
        domain=domain,
        scale=length**2 / 4,
        base={"slope": length * (low + high), "intercept": low**2},
        peak_initializer=PeakConstant(0.5),
        input_norm="none",
        trainable=trainable,
        **kwargs,
    )


def sawtooth(domain=(0, 1), depth=5, trainable=False, **kwargs):
    """Sawtooth from 0 to 1 and back, 2^(depth - 1) times; beyond the domain it is 0.

    Source: Telgarsky, "Benefits of depth in neural networks", 2016.

    Example:
        sawtooth(depth=4)  # 8 teeth
    """
    return TriangleWave(
        depth=depth,
        domain=domain,
        scaling="sawtooth",
        curvature="concave",
        scale=1,
        base={"slope": 0, "intercept": 0},
        peak_initializer=PeakConstant(0.5),
        input_norm="clip",
        trainable=trainable,
        **kwargs,
    )


def product(range=1, depth=5, trainable=False, **kwargs):
    """The product of two numbers up to range^2 / 4^depth, from two squares. Input [..., 2], output [..., 1].

    Source: Yarotsky, 2017 (polarization).

    Example:
        product()(numpy.array([[0.5, -0.25]]))  # -0.125 up to 1/1024
    """
    who = f"layer {kwargs.get('name', 'product')}"
    require_number(range, "range", who, sys.float_info.min, float("inf"), 1)
    return RegionDense(
        1,
        subnets=2,
        use_bias=False,
        kernel_initializer=Given([[0.5, 0.5], [0.5, -0.5]]),
        mix_initializer=Given([[1], [-1]]),
        depth=depth,
        scale=range**2,
        base={"slope": 0},
        domain=(-range, range),
        input_norm="none",
        peak_initializer=PeakConstant(0.5),
        trainable=trainable,
        **kwargs,
    )
