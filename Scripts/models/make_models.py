"""Trains, converts and measures every model: make_models.py DATASET OUTPUT."""

import sys
import warnings
from dataclasses import dataclass
from pathlib import Path

from absl import logging

import architectures
import conversion
import dataset
import readme
import row_models
import tflite_info
import training

EPOCHS = 10
LIMIT = 500_000


@dataclass(frozen=True)
class Made:
    """One written file: its name, what it is, its content, accuracy and MACs."""

    name: str
    what: str
    content: bytes
    accuracy: float
    macs: int
    info: tflite_info.Info


def _made(name, what, content, accuracy, trips=1):
    """Checks the size and counts; every subgraph but the first runs `trips` times."""
    if len(content) > LIMIT:
        raise SystemExit(f"{name}: {len(content)} bytes are over {LIMIT}")
    info = tflite_info.read(content)
    macs = info.macs[0] + trips * sum(info.macs[1:])
    print(f"{name}: {len(content)} bytes, accuracy {accuracy:.4f}", flush=True)
    return Made(name, what, content, accuracy, macs, info)


def image_models(data):
    """Both files of each image classifier."""
    for function, what in architectures.WHAT.items():
        model = training.train(lambda f=function: architectures.build(f),
                               data.train_images, data.train_labels, EPOCHS)
        files = {"float32": conversion.to_float32(model),
                 "int8": conversion.to_int8(model, data.calib_images)}
        for kind, content in files.items():
            accuracy = conversion.accuracy(
                content, data.held_out_images, data.held_out_labels)
            yield _made(f"{function.__name__}_{kind}", what, content, accuracy)


def _row_model(data, trainee):
    """One of the row models, trained on images without their channel axis."""
    return training.train(trainee, data.train_images[..., 0], data.train_labels, EPOCHS)


def row_files(data):
    """The streaming and the looping model."""
    content = row_models.streaming_file(_row_model(data, row_models.streaming_trainee))
    accuracy = row_models.streaming_accuracy(
        content, data.held_out_images, data.held_out_labels)
    yield _made("streaming_float32", "stateful: one image row per call, state in "
                "resource variables", content, accuracy)
    content = row_models.while_file(_row_model(data, row_models.while_trainee))
    accuracy = conversion.accuracy(content, data.held_out_images, data.held_out_labels)
    yield _made("while_float32", "control flow: a gated recurrent unit in a WHILE loop "
                "over the 28 rows", content, accuracy, trips=row_models.ROWS)


def main(folder, output):
    """Writes the files, the held-out indices and the README."""
    logging.set_verbosity(logging.ERROR)
    warnings.filterwarnings("ignore", message=".*tf.lite.Interpreter is deprecated.*")
    training.make_deterministic()
    data = dataset.load(folder)
    output = Path(output)
    made = [*image_models(data), *row_files(data)]
    for file in made:
        (output / f"{file.name}.tflite").write_bytes(file.content)
    indices = "".join(f"{index}\n" for index in data.held_out_indices)
    (output / readme.INDICES).write_text(indices)
    (output / "README.md").write_text(readme.text(made), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
