#!/usr/bin/env python3
"""Runs TFLM on every .tflite under a folder and compares its arena with nnopt's prediction.

Head, tail and total must equal what TFLM prints, to the byte; an arena of the predicted
smallest size must allocate, 16 bytes less must not. Checks the files as they are against
`stockHeadBytes`, or, with --planned, the files that `nnopt plan --output` writes against
`headBytes`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", ".."))
sys.path.insert(0, HERE)

from live import arena  # noqa: E402
from live.paths import model_paths  # noqa: E402

HEADER = ("model", "head", "error", "tail", "error", "total", "error", "smallest arena", "")


class Result:
    """One line of the table."""

    def __init__(self, name):
        self.name = name
        self.figures = []
        self.smallest = ""
        self.note = ""
        self.skipped = False

    def compare(self, predicted, printed):
        for key in ("head", "tail", "total"):
            self.figures += ["%d" % printed[key], "%+d" % (predicted[key] - printed[key])]
        if any(predicted[key] != printed[key] for key in ("head", "tail", "total")):
            self.note = "differs"

    def cells(self):
        figures = self.figures or [""] * 6
        return (self.name, *figures, self.smallest, self.note.replace("|", "/"))


def predict(arguments, path, output):
    """nnopt's figures for a model, and the file that they hold for."""
    command = [arguments.nnopt, "plan", path, "--json"] + arguments.options.split()
    if output:
        command += ["--output", output]
    done = subprocess.run(command, capture_output=True, text=True, timeout=arguments.seconds)
    try:
        tflm = json.loads(done.stdout)["models"][0]["tflm"]
    except (ValueError, KeyError, IndexError):
        said = (done.stderr or done.stdout).strip().splitlines()
        raise arena.Refused("nnopt: %s" % (said[-1] if said else "no key tflm")) from None
    head = tflm["headBytes" if output else "stockHeadBytes"]
    # The smallest arena is that of the planned file, which may be the file itself.
    holds = output or tflm["headBytes"] == tflm["stockHeadBytes"]
    smallest = tflm["smallestArenaBytes"] if holds else tflm.get("stockSmallestArenaBytes")
    figures = {"head": head, "tail": tflm["tailBytes"], "total": head + tflm["tailBytes"]}
    return figures, smallest


def check(arguments, path):
    result = Result(os.path.relpath(path, arguments.folder))
    with tempfile.TemporaryDirectory() as folder:
        output = os.path.join(folder, "planned.tflite") if arguments.planned else None
        try:
            arena.measure(path)
        except arena.Refused as reason:
            result.skipped, result.note = True, "TFLM: %s" % reason
            return result
        try:
            predicted, smallest = predict(arguments, path, output)
            result.compare(predicted, arena.measure(output or path))
            if smallest is not None:
                check_smallest(result, output or path, smallest)
        except (arena.Refused, OSError, subprocess.TimeoutExpired) as error:
            result.note = str(error)
    return result


def check_smallest(result, path, bytes):
    result.smallest = str(bytes)
    if not arena.allocates(path, bytes):
        result.note = "%d B do not allocate" % bytes
    elif arena.allocates(path, bytes - arena.ALIGNMENT):
        result.note = "%d B allocate" % (bytes - arena.ALIGNMENT)


def parse():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", help="searched for .tflite files; or one such file")
    parser.add_argument("--nnopt", default=os.path.join(ROOT, ".build", "release", "nnopt"))
    parser.add_argument("--options", default="--kernels reference", help="given to nnopt plan")
    parser.add_argument("--planned", action="store_true", help="check the files that nnopt writes")
    parser.add_argument("--only", help="only paths that contain this text")
    parser.add_argument("--seconds", type=int, default=600, help="limit of nnopt on one model")
    parser.add_argument("--report", help="writes a Markdown table to this file")
    return parser.parse_args()


def main():
    arguments = parse()
    results = []
    for path in model_paths(arguments):
        result = check(arguments, path)
        results.append(result)
        print("  ".join(cell for cell in result.cells() if cell), flush=True)
    run = [r for r in results if not r.skipped]
    exact = sum(not r.note for r in run)
    summary = "%d of %d models exact; TFLM refuses %d" % (exact, len(run), len(results) - len(run))
    print(summary)
    if arguments.report:
        with open(arguments.report, "w") as file:
            file.write("| %s |\n|%s\n" % (" | ".join(HEADER), "---|" * len(HEADER)))
            file.writelines("| %s |\n" % " | ".join(r.cells()) for r in results)
            file.write("\n%s.\n" % summary)
    sys.exit(0 if exact == len(run) else 1)


if __name__ == "__main__":
    main()
