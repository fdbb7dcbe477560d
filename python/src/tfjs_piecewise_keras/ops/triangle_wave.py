"""Weighted sum of triangle waves, each a tent applied to the one before."""

from keras import ops


def triangle_wave(x, peaks, scales):
    """`y = sum_i scales[i] * T_i(...T_1(T_0(x)))`: the tent T_i rises from 0 at 0 to 1 at `peaks[i]`, falls to 0 at 1.

    x is [..., channels]; peaks and scales are lists of tensors [channels] or numbers, one per level. Outside [0, 1] a
    tent is 0. At a kink the derivative is that of the left side; a NaN stays NaN.

    Source: Milkert, Hyde and Laine, ICML 2025, arXiv 2311.18022.

    Example:
        triangle_wave(keras.ops.array([[0.25], [0.5]]), [0.5, 0.5], [0.25, 0.0625])  # [[0.1875], [0.25]]
    """
    total = None
    wave = x
    for peak, scale in zip(peaks, scales):
        # Not "0 <= wave and wave <= 1": a NaN counts as inside.
        outside = ops.logical_or(wave < 0, wave > 1)
        tent = ops.where(wave <= peak, wave / peak, (1 - wave) / (1 - peak))
        # Rounding may pass 1 by an ulp, which the next level would take for outside. The derivative stays.
        tent = tent + ops.stop_gradient(ops.minimum(tent, 1) - tent)
        wave = ops.where(outside, ops.zeros_like(tent), tent)
        term = wave * scale
        total = term if total is None else total + term
    return total
