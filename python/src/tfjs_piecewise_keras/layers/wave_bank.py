"""One sum of waves per channel: its weights, and what they stand for."""

import math

import keras
import numpy as np
from keras import ops

from tfjs_piecewise_keras.errors import fail
from tfjs_piecewise_keras.initializers import Given, PeakConstant, PeakUniform, initializer_of


def peaks_of(weights, epsilon, gain):
    """`a = e + (1 - 2 e) sigmoid(gain * weight)`."""
    return ops.sigmoid(weights * gain) * (1 - 2 * epsilon) + epsilon


def peak_weights(peaks, epsilon, gain):
    """The weights whose peaks are those of an initializer, up to the ends of their range. 1/2 comes out exactly."""

    def start(shape, dtype=None):
        side = (peaks(shape, dtype=dtype) - 0.5) / (0.5 - epsilon)
        inner = ops.clip(side, -1 + 1e-6, 1 - 1e-6)
        return ops.log((1 + inner) / (1 - inner)) / gain

    return start


def peak_initializer_of(identifier, epsilon, who):
    """The initializer of peaks, one whose numbers are known to be in (0, 1)."""
    start = initializer_of(identifier, who)
    known = keras.initializers
    if isinstance(start, Given):
        low, high, exact = float(start.numbers.min()), float(start.numbers.max()), True
    elif isinstance(start, (PeakConstant, known.Constant)) and np.ndim(start.value) == 0:
        low, high, exact = start.value, start.value, True
    elif isinstance(start, (PeakUniform, known.RandomUniform)):
        low, high, exact = start.minval, start.maxval, False
    else:
        expected = "peak_initializer must be one whose numbers are known to be in (0, 1)"
        fail(who, expected, type(start).__name__, "Use PeakUniform, PeakConstant or Given.")
    margin = epsilon if exact else 0
    if not margin <= low <= high <= 1 - margin:
        expected = f"peaks must be in [{margin}, {1 - margin}]" if exact else "peaks must be in (0, 1)"
        fail(who, expected, f"numbers from {low} to {high}", "The default is 'peak_uniform'.")
    return start


def scale_start(scaling, depth):
    """The start of the weights that each channel trains for its scales."""
    if scaling == "free":
        return [math.log(1 / 3)] * (depth - 1)  # sigmoid: 1/4
    if scaling == "takagi":
        return [math.atanh(2.0 ** -(i + 1)) for i in range(depth)]
    return []


class WaveBank:
    """The weights of one sum of waves per channel, made by `add_weight(name, shape, initializer)`."""

    def __init__(self, options, channels, peak_initializer, add_weight):
        self.options = options
        depth, scaling, scale = options["depth"], options["scaling"], options["scale"]
        self.peak_weights = self.scale_weights = self.first_weight = None
        if scaling != "takagi":
            count = depth + 1 if options["tail_peak"] == "train" else depth
            start = peak_weights(peak_initializer, options["peak_epsilon"], options["peak_gain"])
            self.peak_weights = add_weight("peaks", (channels, count), start)
        count = {"free": depth - 1, "takagi": depth}.get(scaling, 0)
        if count > 0:
            self.scale_weights = add_weight("scales", (channels, count), self._start_scales)
        if scale == "train":
            self.first_weight = add_weight("fraction", (channels,), "zeros")
        elif not isinstance(scale, str):
            self.first_weight = add_weight("amplitude", (channels,), "zeros")

    def _start_scales(self, shape, dtype=None):
        row = scale_start(self.options["scaling"], self.options["depth"])
        return ops.convert_to_tensor(np.tile(np.asarray(row, "float32"), (shape[0], 1)), dtype=dtype)

    def wave(self, slope):
        """Peaks and scales as lists of tensors [channels] (or numbers), for the slopes of the base line."""
        depth = self.options["depth"]
        peaks, falls = self._peaks()
        return peaks[:depth], self._scales(self._first(slope, peaks[0] * peaks[1]), peaks, falls)

    def _peaks(self):
        """a_i and 1 - a_i, i = 0 .. depth; the second without the cancellation."""
        columns, sides = self.options["depth"] + 1, []
        for sign in (1, -1):
            own = []
            if self.peak_weights is not None:
                weights = sign * ops.convert_to_tensor(self.peak_weights)
                values = peaks_of(weights, self.options["peak_epsilon"], self.options["peak_gain"])
                own = [values[:, i] for i in range(values.shape[1])]
            sides.append(own + [0.5] * (columns - len(own)))
        return sides

    def _first(self, slope, a0a1):
        scale = self.options["scale"]
        if not isinstance(scale, str):
            return ops.exp(self.first_weight) * scale  # exp keeps it positive, and gives the start exactly
        largest = ops.abs(slope) * a0a1
        return largest if self.first_weight is None else largest * ops.sigmoid(self.first_weight)

    def _scales(self, first, peaks, falls):
        depth, scaling = self.options["depth"], self.options["scaling"]
        if scaling == "sawtooth":
            return [ops.zeros_like(first)] * (depth - 1) + [first]
        if scaling == "takagi":
            return [first * 2.0 ** (1 - i) * ops.tanh(self.scale_weights[:, i]) for i in range(depth)]
        scales = [first]
        for i in range(depth - 1):
            ratio = falls[i + 1] * peaks[i + 2] if scaling == "tied" else ops.sigmoid(self.scale_weights[:, i])
            scales.append(scales[i] * ratio)
        return scales
