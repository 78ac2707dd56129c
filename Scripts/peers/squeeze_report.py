#!/usr/bin/env python3
"""Takes constant and equal channels out of .tflite files with nnopt, runs both on TFLM, and writes a report.

Every smaller file must give the bytes of the file itself on seeded random inputs and on constant extremes; float ones
may differ in the last digits. Head and tail are what TFLM prints.
"""

import argparse
import os
import sys

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", ".."))
sys.path.insert(0, HERE)

from live import arena, samples, table, twins  # noqa: E402
from live.models import ModelFile  # noqa: E402
from stripes_report import answers, differing, extremes, litert_answers, optimize, plan  # noqa: E402

HEADER = ("model", "file", "squeezed", "multiply-accumulates", "squeezed", "head + tail", "planned", "squeezed", "differing")


def total(path):
    measured = arena.measure(path)
    return measured["head"] + measured["tail"]


def judged(path, planned, target, data):
    """Head and tail of all three files and differing bytes on TFLM, or on LiteRT where TFLM refuses the model."""
    try:
        arenas = total(path), total(planned), total(target)
        (expected, _), (got, _) = answers(path, data), answers(target, data)
        where = ""
    except (arena.Refused, RuntimeError):
        arenas, where = ("", "", ""), " (LiteRT)"
        expected, got = litert_answers(path, data), litert_answers(target, data)
    return arenas, differing(expected, got), "%s of " + str(sum(len(b) for x in expected for b in x)) + " B" + where


def row(arguments, path, folder):
    name = os.path.basename(path).removesuffix(".tflite")
    found, _ = plan(arguments.nnopt, path, "--kernels", "reference")
    said = found.get("constantChannels")
    if said is None:
        return (name, os.path.getsize(path), "no such channel") + ("",) * 6, 0
    planned, target = (os.path.join(folder, name + end + ".tflite") for end in ("-planned", "-squeezed"))
    plan(arguments.nnopt, path, "--kernels", "reference", "--output", planned)
    optimize(arguments.nnopt, path, target, "--kernels", "reference")
    model = ModelFile(path)
    data = samples.random_samples(model, arguments.samples) + extremes(model)
    arenas, wrong, text = judged(path, planned, target, data)
    return (
        name, os.path.getsize(path), os.path.getsize(target), found["summary"]["macs"], said["macs"], *arenas,
        text % wrong,
    ), wrong if all(port.dtype != np.float32 for port in model.inputs) else 0


def rows(arguments, path, folder):
    """The model, and a copy with equal channels where it has int8 weights."""
    yield row(arguments, path, folder)
    name = os.path.basename(path).removesuffix(".tflite")
    copy = os.path.join(folder, name + " with equal channels.tflite")
    if twins.write(path, copy):
        yield row(arguments, copy, folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", help="models, or folders of them")
    parser.add_argument("--nnopt", default=os.path.join(ROOT, ".build", "release", "nnopt"))
    parser.add_argument("--samples", type=int, default=20)
    parser.add_argument("--report")
    arguments = parser.parse_args()
    wrong = table.measure(
        arguments.paths, HEADER, lambda path, folder: rows(arguments, path, folder), arguments.report,
        INTRODUCTION % {"samples": arguments.samples})
    return 1 if wrong else 0


INTRODUCTION = """# Constant channels

Written by `Scripts/benchmark squeeze`. Channels that hold one number in every run, those that nobody reads, and those that hold what
others hold, are taken out by `nnopt optimize`. "With equal channels": every layer's weights an eighth of the model's, and some
channels' like those of others (`Scripts/peers/live/twins.py`). Bytes of the file; multiply-accumulates of one inference; head and tail on a 64-bit host with
reference kernels: the file as it came, planned by `nnopt plan`, and optimized. "Differing": bytes of all outputs on TFLM
for %(samples)s random inputs and three constant ones; on LiteRT's reference kernels where TFLM refuses the model.

"""


if __name__ == "__main__":
    sys.exit(main())
