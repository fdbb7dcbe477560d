"""What the layers with learned piecewise-linear functions share."""

import keras
from keras import ops

from tfjs_piecewise_keras.errors import fail
from tfjs_piecewise_keras.initializers import PeakUniform, initializer_of, serialized
from tfjs_piecewise_keras.layers.base import PiecewiseLayer
from tfjs_piecewise_keras.layers.wave_bank import WaveBank, peak_initializer_of
from tfjs_piecewise_keras.layers.wave_batch_norm import WaveBatchNorm
from tfjs_piecewise_keras.layers.wave_input import beyond_unit, end_slopes, normalize_input
from tfjs_piecewise_keras.layers.wave_options import NAMES, wave_options
from tfjs_piecewise_keras.ops.triangle_wave import triangle_wave
from tfjs_piecewise_keras.random_bits import RANDOM_VERSION, random_signs, seed_of


class WaveLayer(PiecewiseLayer):
    """One function per channel: `f(x) = intercept + slope * u -+ sum_i s_i W_i(u)`, u the input brought to [0, 1].

    With scaling 'tied' `s_(i+1) = s_i (1 - a_(i+1)) a_(i+2)` (Milkert, Hyde and Laine, theorem 3.1): f has exactly
    2^depth pieces for all peaks a in (0, 1) and is strictly convex or concave on [0, 1].

    Args:
        depth: Levels of the wave: 2^depth linear regions. Default: 5.
        scaling: How the scales follow s_0. 'tied'; 'free': trainable ratios in (0, 1); 'sawtooth': only the last wave;
            'takagi': peaks fixed at 1/2 and trainable scales. Default: 'tied'.
        curvature: 'convex' subtracts the wave, 'concave' adds it, 'dc' subtracts one and adds another, 'signed' adds it
            times a trainable factor. Default: 'convex'.
        scale: s_0. 'a0a1': |slope| a_0 a_1; 'train': that times a trainable fraction; a number: trainable from there.
        base: The base line, {'slope': 1, 'intercept': 0, 'trainable': True}.
        input_norm: How the input is brought to [0, 1]: 'none', 'clip', 'sigmoid', 'fold', or
            'batch_norm+sigmoid': as BatchNormalization and a sigmoid, for inputs of unknown range.
        domain: The interval that is mapped to [0, 1] before the norm; not for 'sigmoid'.
        outside: With input_norm 'none', beyond the domain: 'linear' or 'clamp'.
        peak_initializer: Start of the peaks. Default: 'peak_uniform'.
        peak_epsilon: Peaks stay in [peak_epsilon, 1 - peak_epsilon]. Default: 0.001.
        peak_gain: Steepness of the map from weights to peaks. Default: 5.
        tail_peak: With scaling 'tied', the peak after the last wave: 'train', or 0.5 for fixed.
        seed: Integer that fixes the start of peaks and signs. Default: from the layer's place in its model.
    """

    default_input_norm = "clip"

    def __init__(
        self,
        depth=None,
        scaling=None,
        curvature=None,
        scale=None,
        base=None,
        input_norm=None,
        domain=None,
        outside=None,
        peak_initializer=None,
        peak_epsilon=None,
        peak_gain=None,
        tail_peak=None,
        stage=None,
        seed=None,
        random_version=RANDOM_VERSION,
        **kwargs,
    ):
        given = dict(locals())
        super().__init__(**kwargs)
        options = self.options = wave_options(self.who, self.default_input_norm, {name: given[name] for name in NAMES})
        self.take_seed(seed)
        self.require_random_version(random_version)
        if options["scaling"] == "takagi" and peak_initializer is not None:
            expected = "with scaling 'takagi' there must be no peak_initializer"
            fail(self.who, expected, "one", "Its peaks are 1/2.")
        default = peak_initializer is None or peak_initializer in ("peakUniform", "peak_uniform")
        self.peak_initializer = None if default else peak_initializer_of(peak_initializer, options["peak_epsilon"], self.who)
        self.slope = self.intercept = self.gamma = None

    def add_wave_weights(self, channels, with_intercept):
        options = self.options
        if options["depth"] > 8 and self.compute_dtype in ("float16", "bfloat16"):
            expected = f"depth {options['depth']} needs a layer that computes in float32"
            fail(self.who, expected, self.compute_dtype, 'Use depth <= 8, or dtype="float32" for this layer.')

        start = PeakUniform(seed=seed_of(self.fix_seed(), 0))
        self.peak_initializer = self.peak_initializer or peak_initializer_of(start, options["peak_epsilon"], self.who)

        def add(name, shape, initializer, trainable=True):
            return self.add_weight(shape=shape, initializer=initializer, trainable=trainable, name=name)

        self._batch_norm = WaveBatchNorm(channels, add) if options["input_norm"] == "batch_norm+sigmoid" else None

        def bank(prefix, use):
            start = initializer_of(self.peak_initializer, self.who, use)
            return WaveBank(options, channels, start, lambda name, *rest: add(f"{prefix}{name}", *rest))

        curvature, base = options["curvature"], options["base"]
        if curvature == "dc":
            self._banks = ((bank("convex_", 0), -1), (bank("concave_", 1), 1))
        else:
            self._banks = ((bank("", 0), -1 if curvature == "convex" else 1),)
        constant = keras.initializers.Constant
        self.slope = add("slope", (channels,), constant(base["slope"]), base["trainable"])
        if with_intercept:
            self.intercept = add("intercept", (channels,), constant(base["intercept"]), base["trainable"])
        if curvature == "signed":
            self.gamma = add("gamma", (channels,), self._start_gamma)

    def _start_gamma(self, shape, dtype=None):
        return ops.convert_to_tensor(random_signs(shape[0], seed_of(self.seed, 2)), dtype=dtype)

    def apply_wave(self, x, training=None):
        """f of each channel, the last axis of x."""
        options = self.options
        if self._batch_norm:
            x = self._batch_norm.apply(x, training and self.trainable)
        u = normalize_input(x, options["input_norm"], options["domain"], options["outside"])
        y = u * self.slope
        if self.intercept is not None:
            y = y + self.intercept
        for bank, sign in self._banks:
            peaks, scales = bank.wave(self.slope)
            factor = sign if self.gamma is None else self.gamma
            scales = [scale * factor for scale in scales]
            y = y + triangle_wave(u, peaks, scales)
            if options["outside"] == "linear":
                y = y + beyond_unit(u, *end_slopes(peaks, scales))
        return y

    def get_config(self):
        options = {**self.options, "seed": self.seed}
        options.update(base=dict(options["base"]), domain=list(options["domain"]))
        takagi = options["scaling"] == "takagi"
        return {
            **super().get_config(),
            **{name: options[name] for name in NAMES},
            "peak_initializer": None if takagi else serialized(self.peak_initializer),
            "random_version": RANDOM_VERSION,
        }
