#!/usr/bin/env python3
"""Quantizes float .tflite files with weights of 8 and of 4 bits, and int8 files with weights of 4, runs the results on
TFLM, and writes a report.

Each result has to answer on TFLM as `nnopt run` does, byte for byte, with head and tail as predicted.
"""

import argparse
import json
import os
import subprocess
import sys

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", ".."))
sys.path.insert(0, HERE)

from compression_report import percent  # noqa: E402
from fit_report import data_options, pixels  # noqa: E402
from live import arena, nnopt as tool, samples, table  # noqa: E402
from live.models import ModelFile  # noqa: E402
from stripes_report import answers, differing, optimize  # noqa: E402

# (weights, kernels that the plan is for, by how much the head may grow)
SETTINGS = (("int8", "reference", 0), ("int4", "reference", 0), ("int4", "reference", 1 << 20), ("int4", "cmsis-nn", 0))
HEADER = ("model", "weights", "kernels", "head may grow", "layers in 4 bits", "file", "", "arena", "top-1", "lost", "on TFLM",
          "differing", "error")


def predicted(binary, path):
    """Head and tail that nnopt expects of reference kernels on this host."""
    done = subprocess.run([binary, "plan", path, "--kernels", "reference", "--json"], capture_output=True, text=True)
    tflm = json.loads(done.stdout)["models"][0]["tflm"]
    return tflm["stockHeadBytes"], tflm["stockTailBytes"]


def has_integers(binary, path):
    """Whether activations are int8 already."""
    done = subprocess.run([binary, "inspect", path, "--json"], capture_output=True, text=True)
    tensors = [tensor for graph in json.loads(done.stdout)["graphs"] for tensor in graph["tensors"]]
    return any(tensor["kind"] == "activation" and tensor["type"] == "int8" for tensor in tensors)


def rows(arguments, path, folder):
    name = os.path.basename(path).removesuffix(".tflite")
    model = ModelFile(path)
    if not pixels(model) or any(port.dtype not in (np.float32, np.int8) for port in model.inputs):
        return
    is_stored = has_integers(arguments.nnopt, path)
    options = data_options(arguments.data, model)
    size, done = None, set()
    for weights, kernels, growth in SETTINGS:
        out = os.path.join(folder, "out.tflite")
        words = [*options, "--kernels", kernels]
        if weights == "int4" or not is_stored:
            words += ["--quantize", "int8", "--rounding", "adaptive"]
        if weights == "int4":
            words += ["--weights", "int4", "--compress-arena", str(growth)]
        document = optimize(arguments.nnopt, path, out, *words)
        edits = [edit for step in document["passes"] if step["name"] == "quantize" for edit in step["edits"]]
        layers = sum(edit["sentence"] == "its weights take 4 bits each" for edit in edits)
        after, before = document["after"], document["before"]
        size = size or after["fileBytes"]
        if (kernels, layers) in done:
            continue
        done.add((kernels, layers))
        written = ModelFile(out)
        data = samples.random_samples(written, arguments.samples)
        got, _ = answers(out, data)
        expected = [[array.tobytes() for array in sample] for sample in tool.run(arguments.nnopt, written, data, 600)]
        wrong = differing(got, expected)
        printed = arena.measure(out)
        head, tail = predicted(arguments.nnopt, out)
        error = abs(head - printed["head"]) + abs(tail - printed["tail"])
        total = sum(len(b) for x in expected for b in x)
        yield (
            name, weights, kernels, growth if weights == "int4" else "", layers, after["fileBytes"],
            percent(after["fileBytes"], size) if weights == "int4" else "", after["arenaBytes"],
            "%.2f" % (100 * after["top1"]), "%.2f" % (100 * (before["top1"] - after["top1"])),
            "head %d + tail %d" % (printed["head"], printed["tail"]), "%d of %d B" % (wrong, total), error), wrong + error


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", help="models, or folders of them")
    parser.add_argument("--nnopt", default=os.path.join(ROOT, ".build", "release", "nnopt"))
    parser.add_argument("--samples", type=int, default=20)
    parser.add_argument("--data", default=os.environ.get("NNOPT_DATA"), help="the folder with fashion_mnist/")
    parser.add_argument("--report")
    arguments = parser.parse_args()
    if not arguments.data:
        parser.error("--data, or NNOPT_DATA, names the folder with fashion_mnist/")
    faults = table.measure(
        arguments.paths, HEADER, lambda path, folder: rows(arguments, path, folder), arguments.report,
        INTRODUCTION % arguments.samples)
    return 1 if faults else 0


INTRODUCTION = """# Weights of 4 bits

Written by `Scripts/benchmark weights MODEL...` with NNOPT_DATA: float models of Fashion-MNIST by `nnopt optimize --quantize
int8 --rounding adaptive`, and with `--weights int4 --compress-arena GROWTH` beside it; models that are int8 already as they are
and with these options. Arena: what nnopt plans for the kernels; top-1 in percent of 10,000 images, and points lost of the
given model's. On TFLM: what it prints on a 64-bit host with
reference kernels, which unpack 4-bit weights into the arena (CMSIS-NN's do not); "differing" of all outputs' bytes
on %d random inputs between TFLM and `nnopt run`; "error": bytes by which nnopt's prediction for the host differs.

"""


if __name__ == "__main__":
    sys.exit(main())
