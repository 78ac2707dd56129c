#!/usr/bin/env python3
"""Makes .tflite files fit boards with `nnopt optimize --fit`, runs what comes of it on TFLM, and writes a report.

Every pair of a model and a board that does not fit as it is gets a row. A file that was made without int8 and without
pruning must give the bytes of the original on seeded random inputs; the arena is what TFLM prints.
"""

import argparse
import json
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", ".."))
sys.path.insert(0, HERE)

from live import arena, samples, table  # noqa: E402
from live.models import ModelFile  # noqa: E402
from stripes_report import answers, differing  # noqa: E402

BOARDS = ("bluepill-f103c8", "samd21g18", "nucleo-f401re", "nano33ble", "esp32")
HEADER = ("model", "board", "arena as it is", "file as it is", "available", "flash", "fits with", "arena", "file", "lost",
          "tried", "seconds", "on TFLM")
PIXELS = ("784", "28x28", "28x28x1")


def pixels(model):
    """Whether the only input is an image of the data set."""
    shapes = {"x".join(str(n) for n in port.shape[1:]) for port in model.inputs}
    return len(model.inputs) == 1 and shapes <= set(PIXELS)


def data_options(folder, model):
    if not folder or not pixels(model):
        return []
    files = os.path.join(folder, "fashion_mnist")
    return ["--calibrate", files + "/calib_images.npy", "--scale", "1/255", "--data", files + "/test_images.npy",
            "--labels", files + "/test_labels.npy"]


def fit(arguments, path, board, output, options):
    if os.path.exists(output):
        os.remove(output)
    command = [arguments.nnopt, "optimize", path, "-o", output, "--json", "--fit", "--board", board, *options]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    try:
        return json.loads(done.stdout), seconds
    except ValueError:
        raise arena.Refused("nnopt: " + (done.stderr or done.stdout).strip()[-160:]) from None


def judged(arguments, path, output, options):
    """What TFLM says of the result, and how many bytes are wrong."""
    try:
        measured = arena.measure(output)
    except arena.Refused as reason:
        return "refused: " + str(reason)[:60], 0
    text = "head {head:,} + tail {tail:,}".format(**measured)
    if any(word.startswith(("--quantize", "--prune")) for word in options):
        return text, 0
    try:
        data = samples.random_samples(ModelFile(path), arguments.samples)
        (expected, _), (got, _) = answers(path, data), answers(output, data)
    except (arena.Refused, RuntimeError):
        return text + ", which refuses the original", 0
    wrong = differing(expected, got)
    return text + f", {wrong} of {sum(len(b) for x in expected for b in x)} B differ", wrong


def row(arguments, path, board, folder):
    """Cells and wrong bytes; None where the model fits as it is."""
    model = ModelFile(path)
    output = os.path.join(folder, "fit.tflite")
    found, seconds = fit(arguments, path, board, output, data_options(arguments.data, model))
    before, flash = found["before"], found.get("flashBytes")
    short = before["arenaBytes"] > found["availableBytes"] or (flash and before["fileBytes"] + before.get("codeBytes", 0) > flash)
    if not short:
        return None
    name = os.path.basename(path).removesuffix(".tflite")
    known = (name, board, before["arenaBytes"], before["fileBytes"], found["availableBytes"], flash or "")
    tried = (len(found["attempts"]), "%.1f" % seconds)
    best = found.get("result")
    if best is None:
        near = found.get("nearest") or {}
        missing = [f"{near[key]:,} B of {word}" for key, word in
                   (("missingArenaBytes", "arena"), ("missingFlashBytes", "flash")) if near.get(key)]
        return known + ("missing: " + " and ".join(missing or ["an operator"]),) + ("", "", "") + tried + ("",), 0
    options = " ".join(best["options"]) or "clean-up and plan"
    verdict, wrong = judged(arguments, path, output, best["options"])
    lost = "%.2f" % best["lostPoints"] if best.get("lostPoints") is not None else ""
    return known + (options, best["figures"]["arenaBytes"], best["figures"]["fileBytes"], lost) + tried + (verdict,), wrong


def rows(arguments, path, folder):
    pairs = [row(arguments, path, board, folder) for board in arguments.board or BOARDS]
    return [pair for pair in pairs if pair]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", help="models, or folders of them")
    parser.add_argument("--nnopt", default=os.path.join(ROOT, ".build", "release", "nnopt"))
    parser.add_argument("--board", action="append", help="a board's id; may be repeated (default: five)")
    parser.add_argument("--samples", type=int, default=8)
    parser.add_argument("--data", default=os.environ.get("NNOPT_DATA"), help="the folder with fashion_mnist/")
    parser.add_argument("--report")
    arguments = parser.parse_args()
    wrong = table.measure(
        arguments.paths, HEADER, lambda path, folder: rows(arguments, path, folder), arguments.report,
        INTRODUCTION % {"samples": arguments.samples})
    return 1 if wrong else 0


INTRODUCTION = """# Made to fit

Written by `Scripts/benchmark fit`: `nnopt optimize MODEL --fit --board BOARD` for every pair that does not fit as it is, with
the clothes of Fashion-MNIST as data where they are the model's input, and without data elsewhere, where only what changes no
answer is tried. Bytes; "lost": points of top-1 of 10,000 images. "On TFLM": a 64-bit host with reference kernels, whose
structures are larger than the board's; differing bytes of all outputs for %(samples)s random inputs, where no numbers were
stored anew.

"""


if __name__ == "__main__":
    sys.exit(main())
