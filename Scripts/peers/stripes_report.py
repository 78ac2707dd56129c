#!/usr/bin/env python3
"""Runs .tflite files on TFLM as they are, planned, and striped by nnopt, and writes a report.

Every striped file must give the bytes of the file itself on seeded random inputs and on constant extremes. Head and
tail are what TFLM prints.
"""

import argparse
import json
import os
import subprocess
import sys
import time

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", ".."))
sys.path.insert(0, HERE)

from live import arena, samples, table  # noqa: E402
from live.models import ModelFile  # noqa: E402

# What others publish for the same nets, with kernels and runtimes of their own (TinyTS); bytes of SRAM.
PUBLISHED = {"vww_96_int8": 29568, "pretrainedResnet_quant": 14272, "kws_ref_model": 9920}
# Limits of extra multiply-accumulates in percent, where the general one does not suit.
LIMITS = {"pretrainedResnet_quant": "15%"}
HEADER = ("model", "stock", "overlap", "striped", "cmsis-nn", "any", "tail", "more MACs", "time", "loops", "differing",
          "plan", "published")


def plan(nnopt, path, *options):
    command = [nnopt, "plan", path, "--json", *options]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    try:
        return json.loads(done.stdout)["models"][0], seconds
    except (ValueError, KeyError, IndexError):
        raise arena.Refused("nnopt: " + (done.stderr or done.stdout).strip()[-160:]) from None


def optimize(nnopt, path, output, *options):
    if os.path.exists(output):
        os.remove(output)
    command = [nnopt, "optimize", path, "-o", output, "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True)
    try:
        return json.loads(done.stdout)
    except ValueError:
        raise arena.Refused("nnopt: " + (done.stderr or done.stdout).strip()[-160:]) from None


def extremes(model):
    """One sample of the smallest numbers, one of the largest, one of zeros."""
    def full(port, which):
        if port.dtype == np.float32:
            return np.full(port.shape, (-1, 1, 0)[which], port.dtype)
        if port.dtype == np.bool_:
            return np.full(port.shape, which == 1, port.dtype)
        limits = np.iinfo(port.dtype)
        return np.full(port.shape, (limits.min, limits.max, 0)[which], port.dtype)

    return [[full(port, which) for port in model.inputs] for which in range(3)]


def answers(path, data):
    """The outputs of every sample, as bytes, and the seconds that one run takes at best."""
    from tflite_micro import runtime

    interpreter = runtime.Interpreter.from_file(path, arena_size=64 << 20)
    count = len(ModelFile(path).outputs)
    results, best = [], float("inf")
    for sample in data:
        for index, array in enumerate(sample):
            interpreter.set_input(array, index)
        start = time.perf_counter()
        interpreter.invoke()
        best = min(best, time.perf_counter() - start)
        results.append([interpreter.get_output(i).tobytes() for i in range(count)])
    return results, best


def differing(one, two):
    pairs = [(a, b) for x, y in zip(one, two) for a, b in zip(x, y)]
    return sum(int(np.count_nonzero(np.frombuffer(a, np.uint8) != np.frombuffer(b, np.uint8))) for a, b in pairs)


def row(arguments, path, folder):
    name = os.path.basename(path).removesuffix(".tflite")
    limit = LIMITS.get(name, arguments.limit)
    striped = os.path.join(folder, name + ".tflite")
    reference = ("--kernels", "reference")
    stripes = ("--stripes", "--max-extra-macs", limit)
    stock = arena.measure(path)
    overlap, _ = plan(arguments.nnopt, path, *reference)
    found, seconds = plan(arguments.nnopt, path, *reference, *stripes, "--output", striped)
    said = found["stripes"]
    if not said["loops"]:
        return (name, stock["head"], overlap["tflm"]["headBytes"], "none: " + said["reason"]) + ("",) * 9, 0
    others = [plan(arguments.nnopt, path, "--kernels", kernels, *stripes)[0]["stripes"] for kernels in ("cmsis-nn", "any")]
    measured = arena.measure(striped)
    model = ModelFile(path)
    data = samples.random_samples(model, arguments.samples) + extremes(model)
    (expected, before), (got, after) = answers(path, data), answers(striped, data)
    wrong = differing(expected, got)
    return (
        name, stock["head"], overlap["tflm"]["headBytes"], measured["head"], *(o["headBytes"] for o in others),
        measured["tail"], "%.1f %%" % (100 * said["extraPart"]), "%.2f×" % (after / before),
        ", ".join("%d × %d" % (loop["turns"], loop["rowsPerTurn"]) for loop in said["loops"]),
        "%d of %d B" % (wrong, sum(len(b) for x in expected for b in x)), "%.1f s" % seconds, PUBLISHED.get(name, ""),
    ), wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", help="models, or folders of them")
    parser.add_argument("--nnopt", default=os.path.join(ROOT, ".build", "release", "nnopt"))
    parser.add_argument("--limit", default="3%", help="extra multiply-accumulates")
    parser.add_argument("--samples", type=int, default=20)
    parser.add_argument("--report")
    arguments = parser.parse_args()
    wrong = table.measure(
        arguments.paths, HEADER, lambda path, folder: [row(arguments, path, folder)], arguments.report,
        INTRODUCTION % {"limit": arguments.limit, "samples": arguments.samples})
    return 1 if wrong else 0


INTRODUCTION = """# Stripes

Written by `Scripts/benchmark stripes`. Bytes of TFLM's head on a 64-bit host with reference kernels: the file as it
came ("stock"), planned by `nnopt plan` ("overlap"), and with `--stripes --max-extra-macs %(limit)s` ("striped": measured
on TFLM; the limit is 15 %% for pretrainedResnet_quant). "cmsis-nn" and "any": nnopt's figures for striped plans that are
safe on these kernels, scratch included. Tail and time, against the file as it came, are the striped file's. "Differing": bytes of all
outputs on %(samples)s random inputs and three constant ones. "Published": SRAM of TinyTS, with its own runtime.

"""


if __name__ == "__main__":
    sys.exit(main())
