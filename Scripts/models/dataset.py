"""Fashion-MNIST from four .npy files, with a seeded train / held-out split."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

SPLIT_SEED = 2024
HELD_OUT = 2000


@dataclass(frozen=True)
class Dataset:
    """Images are float32 [n, 28, 28, 1] in 0...1, labels int32 [n]."""

    train_images: np.ndarray
    train_labels: np.ndarray
    calib_images: np.ndarray
    held_out_images: np.ndarray
    held_out_labels: np.ndarray
    held_out_indices: np.ndarray


def held_out_indices(count):
    """Sorted indices into test_images.npy that no model is trained on.

    RandomState's stream is frozen by NumPy, so the split never changes.
    """
    order = np.random.RandomState(SPLIT_SEED).permutation(count)
    return np.sort(order[-HELD_OUT:])


def _images(path):
    return (np.load(path).astype(np.float32) / 255.0)[..., np.newaxis]


def _labels(path):
    return np.load(path).astype(np.int32)


def load(folder):
    """Reads the folder: training = calib + the rest of test; held out = 2,000 of test."""
    folder = Path(folder)
    calib_images = _images(folder / "calib_images.npy")
    calib_labels = _labels(folder / "calib_labels.npy")
    test_images = _images(folder / "test_images.npy")
    test_labels = _labels(folder / "test_labels.npy")
    held = held_out_indices(len(test_images))
    rest = np.setdiff1d(np.arange(len(test_images)), held)
    return Dataset(
        train_images=np.concatenate([calib_images, test_images[rest]]),
        train_labels=np.concatenate([calib_labels, test_labels[rest]]),
        calib_images=calib_images,
        held_out_images=test_images[held],
        held_out_labels=test_labels[held],
        held_out_indices=held,
    )
