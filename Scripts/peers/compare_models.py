#!/usr/bin/env python3
"""Runs every .tflite under a folder in nnopt and in a real runtime, and counts differences.

Integer models are judged by TFLM, float ones by LiteRT's reference kernels, each by the
other where the first refuses. Samples of a stateful model are independent: each gets a
fresh interpreter. Floats: largest |difference| over the largest |answer| of that output.
"""

import argparse
import os
import sys
import time

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", ".."))
sys.path.insert(0, HERE)

from golden import judges  # noqa: E402
from live import nnopt, samples  # noqa: E402
from live.paths import model_paths  # noqa: E402
from live.models import ModelFile  # noqa: E402

HEADER = ("model", "judge", "samples", "differing bytes", "float error", "judge s", "nnopt s", "")


class Result:
    """One line of the table."""

    def __init__(self, name):
        self.name = name
        self.judge = ""
        self.samples = 0
        self.bytes = None
        self.error = None
        self.seconds = ["", ""]
        self.note = ""

    def cells(self):
        differing = "" if self.bytes is None else "%d of %d" % tuple(self.bytes)
        error = "" if self.error is None else "%.1e" % self.error
        note = " ".join(self.note.replace("|", "/").split())[:160]
        return (self.name, self.judge, str(self.samples), differing, error, *self.seconds, note)

    def agrees(self, tolerance):
        return not self.note and not (self.bytes and self.bytes[0]) and (self.error or 0) <= tolerance

    def add(self, mine, theirs):
        """Takes in one output of one sample."""
        if mine.shape != theirs.shape or mine.dtype != theirs.dtype:
            self.note = "nnopt gave %s %s for %s %s" % (mine.dtype, mine.shape, theirs.dtype, theirs.shape)
        elif theirs.dtype == np.float32:
            self.error = max(self.error or 0.0, float_error(mine, theirs))
        else:
            pair = [np.frombuffer(np.ascontiguousarray(a).tobytes(), np.uint8) for a in (mine, theirs)]
            self.bytes = self.bytes or [0, 0]
            self.bytes[0] += int(np.count_nonzero(pair[0] != pair[1]))
            self.bytes[1] += pair[0].size


PREFACE = """# Answers

Made by `Scripts/peers/compare FOLDER --report Reports/answers.md`: seeded random inputs, each model run by nnopt and by a
judge, TFLM's wheel where it takes the model, else LiteRT with its reference kernels. Integer outputs are compared byte for
byte, float outputs by their largest relative error; a model with outputs of both kinds counts as float.

"""


def float_error(mine, theirs):
    same = (mine == theirs) | (np.isnan(mine) & np.isnan(theirs))
    if same.all():
        return 0.0
    finite = np.abs(theirs[np.isfinite(theirs)])
    largest = float(finite.max()) if finite.size else 0.0
    difference = np.abs(mine.astype(np.float64) - theirs)[~same]
    worst = float(difference.max())
    return worst / largest if largest and np.isfinite(worst) else float("inf")


class Bench:
    def __init__(self, arguments):
        seconds = arguments.seconds
        self.tflm = judges.Judge("tflm", seconds=seconds)
        self.litert = judges.Judge("litert", seconds=seconds)
        self.arena = arguments.arena

    def answers(self, model, data, only):
        """(name of the judge, outputs of every sample), or (reasons, None)."""
        order = [self.tflm, self.litert] if model.integer else [self.litert, self.tflm]
        reasons = []
        for judge in order:
            if only and judge.name != only:
                continue
            kind, answer = self.ask(judge, model, data)
            if kind == "ok":
                return judge.name, answer
            reasons.append("%s %s: %s" % (judge.name, kind, answer.split(" | ")[-1][:120]))
        return "; ".join(reasons), None

    def ask(self, judge, model, data):
        if not model.stateful:
            return judge.run(model.data, data, self.arena)
        outputs = []
        for sample in data:
            kind, answer = judge.run(model.data, [sample], self.arena)
            if kind != "ok":
                return kind, answer
            outputs += answer
        return "ok", outputs

    def close(self):
        self.tflm.close()
        self.litert.close()


def compare(bench, path, arguments, images):
    result = Result(os.path.relpath(path, arguments.folder))
    model = ModelFile(path)
    if model.unsupported():
        result.note = "skipped: " + model.unsupported()
        return result
    if images is None:
        data = samples.random_samples(model, arguments.samples)
    elif samples.takes_images(model, images):
        data = samples.image_samples(model, images, arguments.mean, arguments.scale)
    else:
        return None
    result.samples = len(data)
    start = time.monotonic()
    result.judge, theirs = bench.answers(model, data, arguments.judge)
    result.seconds[0] = "%.2f" % (time.monotonic() - start)
    if theirs is None:
        result.judge, result.note = "none", "no runtime: " + result.judge
    elif not arguments.judges_only:
        against(result, model, data, theirs, arguments)
    return result


def against(result, model, data, theirs, arguments):
    """Runs nnopt on the same samples and counts."""
    start = time.monotonic()
    try:
        mine = nnopt.run(arguments.nnopt, model, data, arguments.seconds)
        for one, other in zip(mine, theirs):
            for left, right in zip(one, other):
                result.add(left, right)
    except (nnopt.Failed, OSError, ValueError, IndexError) as error:
        result.note = "nnopt: %s" % error
    result.seconds[1] = "%.2f" % (time.monotonic() - start)


def parse():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", help="searched for .tflite files; or one such file")
    parser.add_argument("--nnopt", default=os.path.join(ROOT, ".build", "release", "nnopt"))
    parser.add_argument("--samples", type=int, default=20, help="per model (default 20)")
    parser.add_argument("--images", help=".npy of images [N, H, W]; only models that take such")
    parser.add_argument("--mean", type=float, default=0.0)
    parser.add_argument("--scale", type=float, default=1 / 255)
    parser.add_argument("--only", help="only paths that contain this text")
    parser.add_argument("--judge", choices=("tflm", "litert"), help="instead of the rule above")
    parser.add_argument("--judges-only", action="store_true", help="do not call nnopt")
    parser.add_argument("--arena", type=int, default=64 << 20, help="TFLM arena in bytes")
    parser.add_argument("--seconds", type=int, default=600, help="limit of one runtime on one model")
    parser.add_argument("--tolerance", type=float, default=1e-5, help="float error that still agrees")
    parser.add_argument("--report", help="writes a Markdown table to this file")
    return parser.parse_args()


def main():
    arguments = parse()
    images = np.load(arguments.images)[: arguments.samples] if arguments.images else None
    bench, results = Bench(arguments), []
    for path in model_paths(arguments):
        result = compare(bench, path, arguments, images)
        if result is not None:
            results.append(result)
            print("  ".join(cell for cell in result.cells() if cell), flush=True)
    bench.close()
    agree = sum(r.agrees(arguments.tolerance) for r in results)
    print("%d of %d models %s" % (agree, len(results), "ran" if arguments.judges_only else "agree"))
    if arguments.report:
        with open(arguments.report, "w") as file:
            file.write(PREFACE)
            file.write("| %s |\n|%s\n" % (" | ".join(HEADER), "---|" * len(HEADER)))
            file.writelines("| %s |\n" % " | ".join(r.cells()) for r in results)
            file.write("\n%d of %d models agree.\n" % (agree, len(results)))
    sys.exit(0 if agree == len(results) else 1)


if __name__ == "__main__":
    main()
