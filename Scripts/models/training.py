"""Seeded, single-threaded training."""

import keras
import tensorflow as tf

SEED = 7
BATCH = 64


def make_deterministic():
    """One thread per operation and deterministic kernels. Call before anything else."""
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    tf.config.experimental.enable_op_determinism()


def train(build, images, labels, epochs):
    """Builds a model from the seed and trains it with a cosine-decayed Adam."""
    keras.backend.clear_session()
    keras.utils.set_random_seed(SEED)
    model = build()
    steps = epochs * (-(-len(images) // BATCH))
    rate = keras.optimizers.schedules.CosineDecay(3e-3, steps)
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    history = model.fit(images, labels, BATCH, epochs, verbose=0)
    print(f"{model.name}: loss {history.history['loss'][-1]:.3f}", flush=True)
    return model
