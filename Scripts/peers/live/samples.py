"""Inputs for the comparison: seeded random ones, or images quantized for the model."""

import hashlib

import numpy as np


def random_samples(model, count):
    """`count` samples, each a list of arrays; seeded by the file's name."""
    name = model.path.rsplit("/", 1)[-1]
    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "little")
    rng = np.random.default_rng(seed)
    return [[random_array(rng, port) for port in model.inputs] for _ in range(count)]


def random_array(rng, port):
    if port.dtype == np.float32:
        return rng.uniform(-1, 1, port.shape).astype(np.float32)
    if port.dtype == np.bool_:
        return rng.integers(0, 2, port.shape).astype(np.bool_)
    if port.dtype in (np.int32, np.int64):
        return rng.integers(0, 100, port.shape).astype(port.dtype)
    limits = np.iinfo(port.dtype)
    return rng.integers(limits.min, limits.max + 1, port.shape).astype(port.dtype)


def takes_images(model, images):
    """Whether the one input has as many elements as an image."""
    size = int(np.prod(images.shape[1:]))
    return len(model.inputs) == 1 and int(np.prod(model.inputs[0].shape)) == size


def image_samples(model, images, mean, scale):
    """(x - mean) * scale, quantized with the input's own parameters."""
    port = model.inputs[0]
    values = (images.astype(np.float32) - np.float32(mean)) * np.float32(scale)
    if port.dtype != np.float32:
        limits = np.iinfo(port.dtype)
        steps = values / np.float32(port.scale if port.scale else 1)
        rounded = np.trunc(steps + np.copysign(np.float32(0.5), steps)) + port.zero
        values = np.clip(rounded, limits.min, limits.max)
    return [[v.astype(port.dtype).reshape(port.shape)] for v in values]
