"""Weights in the manifest's order and types; nothing is allocated before the bytes are known to be there."""

import hashlib
import math
import os
import stat

import numpy as np

from tfjs_piecewise_keras.errors import short
from tfjs_piecewise_keras.layers_model.read_json import AGAIN, refuse

# Stored types by name: float32, or what stands for it in a quantized file.
STORED = {"float32": "<f4", "float16": "<f2", "uint16": "<u2", "uint8": "u1"}


def read_weights(manifest, folder):
    """All weights of a manifest, float32, by name."""
    who = "load_model weightsManifest"
    if not isinstance(manifest, list) or not all(isinstance(group, dict) for group in manifest):
        refuse(who, "it must be a list of {paths, weights}", short(repr(manifest), 80))
    weights = {}
    for group in manifest:
        paths, entries = group.get("paths"), group.get("weights")
        if not isinstance(paths, list) or not isinstance(entries, list):
            refuse(who, "each group must have lists of paths and weights", short(repr(group), 80))
        specs = [_spec(entry, who) for entry in entries]
        data = _read_files([_safe_path(path, folder, who) for path in paths], specs, who)
        _check_digest(group, data, who)
        for name, array in _split(data, specs):
            if name in weights:
                refuse(who, "names of weights must differ", f"'{name}' twice")
            weights[name] = array
    return weights


def _check_digest(group, data, who):
    """Groups of our own savers say what their bytes are; others do not."""
    digest = hashlib.sha256(data).hexdigest()
    if group.get("sha256", digest) != digest:
        fix = f"A byte was damaged, or the files are of two saves. {AGAIN}"
        refuse(who, f"the weights must have SHA-256 {short(str(group['sha256']), 80)}", digest, fix)


def _safe_path(path, folder, who):
    """A weight file lies beside model.json, or in a folder below."""
    parts = path.split("/") if isinstance(path, str) else []
    bad = not parts or any(part in ("", ".", "..") or set(part) & set("\\:\0") for part in parts)
    if bad or not all(character.isprintable() for character in path):
        refuse(who, "weight files must lie in the folder of model.json", repr(path), "Copy them there, and name them so.")
    return os.path.join(folder, *parts)


def _spec(entry, who):
    """(name, shape, stored type, scale, min) of one entry."""
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        refuse(who, "each weight must have a name, a shape and a dtype", short(repr(entry), 80))
    name, shape, dtype = entry["name"], entry.get("shape"), entry.get("dtype")
    who = f"{who} '{short(name, 60)}'"
    if not isinstance(shape, list) or len(shape) > 16 or not all(_is_size(size) for size in shape):
        refuse(who, "shape must be a list of at most 16 whole numbers", short(repr(shape), 80))
    if dtype != "float32":
        refuse(who, "weights of layers must be of dtype float32", repr(dtype), "Save the model without such weights.")
    quantization = entry.get("quantization")
    if quantization is None:
        return name, tuple(shape), "float32", 1, 0
    stored = quantization.get("dtype") if isinstance(quantization, dict) else None
    if not isinstance(stored, str) or stored not in STORED:
        refuse(who, f"quantization must be of dtype {', '.join(STORED)}", repr(quantization))
    scale, low = quantization.get("scale", 1), quantization.get("min", 0)
    if not all(isinstance(n, (int, float)) and not isinstance(n, bool) and abs(n) < 1e38 for n in (scale, low)):
        refuse(who, "scale and min of a quantization must be finite numbers", repr(quantization))
    return name, tuple(shape), stored, scale, low


def _is_size(size):
    return isinstance(size, int) and not isinstance(size, bool) and size >= 0


def _bytes_of(spec):
    return math.prod(spec[1]) * np.dtype(STORED[spec[2]]).itemsize


def _read_files(paths, specs, who):
    """The bytes of one group, which may be cut into several files at any place."""
    expected, found, data = sum(map(_bytes_of, specs)), 0, []
    names = " and ".join(os.path.basename(path) for path in paths) or "no file"
    try:
        for path in paths:
            status = os.stat(path)
            if not stat.S_ISREG(status.st_mode):
                refuse(who, "weight files must be ordinary files", path)
            found += status.st_size
        if found == expected:
            for path in paths:
                with open(path, "rb") as file:
                    data.append(file.read(expected + 1))
    except OSError as error:
        refuse(who, "all weight files must be there", str(error), "Copy them to the folder of model.json.")
    joined = data[0] if len(data) == 1 else b"".join(data)
    if found != expected or len(joined) != expected:
        damage = "It was cut off" if found < expected else "It is too long"
        fix = f"{damage}, or the files are of two saves. {AGAIN}"
        refuse(who, f"{names} must have {expected} bytes", f"{found}", fix)
    return joined


def _split(data, specs):
    start = 0
    for spec in specs:
        name, shape, stored, scale, low = spec
        array = np.frombuffer(data, STORED[stored], math.prod(shape), start).reshape(shape)
        start += _bytes_of(spec)
        yield name, array * np.float32(scale) + np.float32(low) if stored.startswith("uint") else array.astype("f4")
