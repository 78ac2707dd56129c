"""The text of Models/README.md."""

from importlib.metadata import version

import dataset

INDICES = "held_out_indices.txt"

_INTRODUCTION = """# Models

Small models of our own, for nnopt's tests and examples. `Scripts/models/build` makes
all of them, and this file, from [Fashion-MNIST](https://github.com/zalandoresearch/fashion-mnist)
(Zalando Research, MIT licence); the images themselves are not kept here.

    Scripts/models/build PATH_TO_FASHION_MNIST

The folder holds `calib_images.npy` and `calib_labels.npy` (1,000 images), and
`test_images.npy` and `test_labels.npy` (10,000 images), all uint8, 28x28. The script
installs pinned packages (`Scripts/models/requirements.txt`) in an environment of its
own; building and testing nnopt needs none of it. It takes about {minutes} minutes on one core.

## Files
"""

_NOTES = """
"Parameters" are weights and biases of convolutions and fully connected layers after
batch norms were folded; "MACs" are the multiply-accumulates of one call, for
`while_float32` with all 28 turns of the loop. "Operators" counts every subgraph.

- The image models take one image, `[1, 28, 28, 1]`. The float32 ones take pixel/255;
  the int8 ones are fully integer, int8 in and out, weights quantized per channel.
- `randwire_*` do not list their operators in the order of least peak memory; another
  order lowers the peak of the activations by about 30 %.
- `streaming_float32` takes one row, `[1, 1, 28]`, and keeps two variables, set to zero
  by a second subgraph on the first call. Its scores depend on the last 28 rows alone,
  so after the 28th row of an image they are that image's, with no reset in between.
- `while_float32` takes `[1, 28, 28, 1]`; the loop's condition and body are subgraphs.

## How accuracy was measured

There is no separate training set: the models are trained on the 1,000 calibration
images and {train:,} of the 10,000 test images, and the accuracy is that on the other
{held:,}, which no training or calibration has seen, with the TensorFlow Lite
interpreter running the very file listed. (One choice did follow a look at such a
figure: `while_float32` got a gated cell after a plain one had stayed at 63 %.)

It therefore says how these files behave, and is no Fashion-MNIST benchmark result: the
usual one trains on 60,000 images and tests on all 10,000. With {held:,} images, figures
less than about 2 percentage points apart do not tell models apart, though float32 and
int8 of one model see the same images. Never measure these models on the whole of
`test_images.npy`: they have been trained on most of it.

The held-out images are the rows of `test_images.npy` listed in
[`{indices}`]({indices}) (0-based, one a line). They are
the last {held:,} entries of `numpy.random.RandomState({seed}).permutation(10000)`, sorted.

Calibration for int8 uses the 1,000 images of `calib_images.npy`, which were also
trained on. Training is seeded and single-threaded, with TensorFlow's deterministic
kernels; another CPU or another version may still give slightly different weights.
Made with TensorFlow {tensorflow}, Keras {keras} and NumPy {numpy}.
"""

MINUTES = 12


def _row(file):
    """One line of the table."""
    return (f"| `{file.name}.tflite` | {file.what} | {file.info.parameters:,} "
            f"| {file.macs:,} | {file.info.operators} | {file.info.subgraphs} "
            f"| {len(file.content):,} | {100 * file.accuracy:.2f} % |")


def text(made):
    """The README for the files made."""
    head = ["| file | what | parameters | MACs | operators | subgraphs | bytes "
            "| accuracy |",
            "|---|---|--:|--:|--:|--:|--:|--:|"]
    notes = _NOTES.format(
        train=10_000 - dataset.HELD_OUT, held=dataset.HELD_OUT, indices=INDICES,
        seed=dataset.SPLIT_SEED, tensorflow=version("tensorflow-cpu"),
        keras=version("keras"), numpy=version("numpy"))
    table = "\n".join(head + [_row(file) for file in made])
    return _INTRODUCTION.format(minutes=MINUTES) + "\n" + table + "\n" + notes
