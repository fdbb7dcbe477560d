"""Counter-based random bits, the same as those of the JavaScript package: each is a hash of (seed, round, index).

Changing anything here changes every saved model that stores a seed.
"""

import numpy as np

MASK = 0xFFFFFFFF

# Version of the random numbers, saved with every layer that draws some.
RANDOM_VERSION = 1

# The round that picks the trainable units of a ReLU pair: no projection of the same seed uses it for its signs.
PAIR_STREAM = 2**16

# The round of the random bias of a projection.
BIAS_STREAM = 2**16 + 2

# So many numbers make that bias.
BIAS_LENGTH = 32

# The round of the seeds that a wave layer hands on.
SEED_STREAM = 2**17


def fmix32(h):
    """The murmur3 finalizer, for one integer or a numpy array of uint32."""
    if isinstance(h, np.ndarray):
        h = h ^ (h >> np.uint32(16))
        h = h * np.uint32(0x85EBCA6B)
        h = h ^ (h >> np.uint32(13))
        h = h * np.uint32(0xC2B2AE35)
        return h ^ (h >> np.uint32(16))
    h &= MASK
    h ^= h >> 16
    h = (h * 0x85EBCA6B) & MASK
    h ^= h >> 13
    h = (h * 0xC2B2AE35) & MASK
    return h ^ (h >> 16)


def random_bits(n, seed, round=0):
    """The first `n` values of 32 random bits of one seed and one round, as uint32."""
    high = abs(seed) >> 32  # 0 for all seeds of 32 bits
    if seed < 0:
        high = -high
    key = fmix32((((round + 1) * 0x85EBCA77) & MASK) ^ fmix32((seed ^ (high * 0x9E3779B1)) & MASK))
    index = np.arange(1, n + 1, dtype=np.uint32)
    return fmix32((index * np.uint32(0x9E3779B1)) ^ np.uint32(key))


def random_signs(n, seed, round=0):
    """`n` signs +1 or -1 as float32: minus where the top bit of the hash is set.

    Example:
        random_signs(4, seed=42)  # array([-1., 1., 1., 1.])
    """
    return np.where(random_bits(n, seed, round) >> np.uint32(31), -1, 1).astype("float32")


def random_uniform(n, seed, round=0):
    """`n` numbers between -1 and 1, as float64."""
    return (random_bits(n, seed, round) + 0.5) / 2**31 - 1


def random_positions(n, count, seed, round=0):
    """`count` distinct numbers of 0 .. n - 1 in ascending order: those of the smallest hashes."""
    return np.sort(np.argsort(random_bits(n, seed, round), kind="stable")[:count]).astype("int32")


def seed_from_text(text):
    """A seed from a text, for layers that are given none: layers of different names draw different numbers."""
    h = 0
    for character in text:
        h = fmix32(h * 31 + ord(character))
    return h


def seed_of(seed, use):
    """An independent seed for each use of a layer's seed, never 0."""
    return 1 + (int(random_bits(use + 1, seed, SEED_STREAM)[use]) >> 1)
