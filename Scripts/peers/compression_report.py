#!/usr/bin/env python3
"""Runs .tflite files on TFLM as `nnopt optimize` leaves them, and with weights that DECODE takes back, and writes a report.

For every growth of the head that is allowed: the file, head and tail, nnopt's figures against TFLM's own. Lossless
files must give the bytes of the file without DECODE on seeded random inputs and on constant extremes.
"""

import argparse
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", ".."))
sys.path.insert(0, HERE)

from live import arena, samples, table  # noqa: E402
from live.models import ModelFile  # noqa: E402
from stripes_report import answers, differing, extremes, optimize  # noqa: E402

# (method, by how much the head may grow)
SETTINGS = (("huffman", 0), ("huffman", 16 << 10), ("huffman", 64 << 10), ("huffman", 4 << 20), ("lut4", 4 << 20))
QUICK = ("--kernels", "reference", "--effort", "quick")
HEADER = ("model", "how", "head may grow", "layers", "file", "", "flash with code", "", "head", "tail", "error", "time",
          "differing")


def figures(nnopt, path):
    """Head and tail by TFLM, and by how many bytes nnopt's figures for the same file and build differ."""
    printed = arena.measure(path)
    done = subprocess.run([nnopt, "plan", path, *QUICK, "--json"], capture_output=True, text=True)
    tflm = json.loads(done.stdout)["models"][0]["tflm"]
    error = abs(tflm["stockHeadBytes"] - printed["head"]) + abs(tflm["stockTailBytes"] - printed["tail"])
    return printed["head"], printed["tail"], error


def percent(new, old):
    return "%+.1f %%" % (100 * (new - old) / old)


def flash(document):
    after = document["after"]
    return after["fileBytes"] + after.get("codeBytes", 0)


def rows(arguments, path, folder):
    name = os.path.basename(path).removesuffix(".tflite")
    model = ModelFile(path)
    data = samples.random_samples(model, arguments.samples) + extremes(model)
    plain = os.path.join(folder, "plain.tflite")
    base = optimize(arguments.nnopt, path, plain, *QUICK)
    expected, seconds = answers(plain, data)
    size = os.path.getsize(plain)
    head, tail, error = figures(arguments.nnopt, plain)
    yield (name, "as it is", "", 0, size, "", flash(base), "", head, tail, error, "1.00×", ""), error
    done = set()
    for method, growth in SETTINGS:
        coded = os.path.join(folder, "coded.tflite")
        document = optimize(
            arguments.nnopt, path, coded, *QUICK, "--compress", method, "--compress-arena", str(growth))
        step = next(p for p in document["passes"] if p["name"] == "compress")
        layers = max(0, len(step["edits"]) - 1)
        new = os.path.getsize(coded)
        if (method, new) in done:
            continue
        done.add((method, new))
        head, tail, error = figures(arguments.nnopt, coded)
        got, after = answers(coded, data)
        wrong = differing(expected, got)
        total = sum(len(b) for x in expected for b in x)
        yield (
            name, method, growth, layers, new, percent(new, size), flash(document), percent(flash(document), flash(base)),
            head, tail, error, "%.2f×" % (after / seconds), "%d of %d B" % (wrong, total),
        ), error + (wrong if method != "lut4" else 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", help="models, or folders of them")
    parser.add_argument("--nnopt", default=os.path.join(ROOT, ".build", "release", "nnopt"))
    parser.add_argument("--samples", type=int, default=20)
    parser.add_argument("--report")
    arguments = parser.parse_args()
    faults = table.measure(
        arguments.paths, HEADER, lambda path, folder: rows(arguments, path, folder), arguments.report,
        INTRODUCTION % arguments.samples)
    return 1 if faults else 0


INTRODUCTION = """# Coded weights

Written by `Scripts/benchmark compression MODEL...`: each file by `nnopt optimize --kernels reference --effort quick`, and
by the same with `--compress HOW --compress-arena GROWTH`. "huffman" loses nothing, "lut4" leaves 16 numbers a channel. Rows
that would be equal to the one above are left out. Flash with code is the file and nnopt's estimate of TFLM's code, DECODE's
own included. Head and tail are what TFLM prints on a 64-bit host, reference kernels; "error" is by how many bytes nnopt's
prediction for the same file differs. Time is that of one inference on the host beside the file without DECODE; the
machine had other work. "Differing":
bytes of all outputs on %d random inputs and three constant ones.

"""


if __name__ == "__main__":
    sys.exit(main())
