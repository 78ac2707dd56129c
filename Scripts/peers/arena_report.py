#!/usr/bin/env python3
"""Runs every .tflite of some folders on TFLM, as it is and planned by nnopt, and writes a report.

For the file as it is, and for the files planned to be safe on any kernels and for the reference
kernels: nnopt's head, tail and smallest arena against TFLM's own. The planned files must give the
same bytes as the file itself on seeded random inputs, each sample in a fresh interpreter.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", ".."))
sys.path.insert(0, HERE)

from live import arena, samples  # noqa: E402
from live.models import ModelFile  # noqa: E402

PLANS = (("safe on any", "any"), ("reference", "reference"))


def plan(nnopt, path, kernels, output):
    """The key `tflm` of nnopt's report, and the seconds that the whole command took."""
    command = [nnopt, "plan", path, "--json", "--kernels", kernels]
    start = time.perf_counter()
    plain = subprocess.run(command, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    done = subprocess.run(command + ["--output", output], capture_output=True, text=True)
    # 2: the plan is made, but TFLM refuses the model.
    if plain.returncode not in (0, 2) or done.returncode not in (0, 2):
        raise arena.Refused("nnopt: " + (done.stderr or plain.stderr).strip()[-200:])
    return json.loads(done.stdout)["models"][0]["tflm"], seconds


def answers(path, data):
    """The outputs of every sample, as bytes; a fresh interpreter each."""
    from tflite_micro import runtime

    results = []
    for sample in data:
        interpreter = runtime.Interpreter.from_file(path, arena_size=64 << 20)
        for index, array in enumerate(sample):
            interpreter.set_input(array, index)
        interpreter.invoke()
        count = len(ModelFile(path).outputs)
        results.append([interpreter.get_output(i).tobytes() for i in range(count)])
    return results


def differing(one, two):
    pairs = [(a, b) for x, y in zip(one, two) for a, b in zip(x, y)]
    return sum(int(np.count_nonzero(np.frombuffer(a, np.uint8) != np.frombuffer(b, np.uint8))) for a, b in pairs)


class Measured:
    """A model's figures: nnopt's against TFLM's."""

    def __init__(self, arguments, path):
        self.name = os.path.basename(path).removesuffix(".tflite")
        self.is_own = os.path.realpath(path).startswith(os.path.join(ROOT, "Models") + os.sep)
        self.refused = None
        self.rows = []
        self.plans = []
        try:
            self.measure(arguments, path)
        except arena.Refused as reason:
            self.refused = " ".join(str(reason).split())[:140]

    def measure(self, arguments, path):
        printed = arena.measure(path)
        expected, data, self.note = None, None, ""
        try:
            data = samples.random_samples(ModelFile(path), arguments.samples)
            expected = answers(path, data)
        except Exception as error:  # The wheel raises what it likes.
            self.note = "TFLM does not run it: " + " ".join(str(error).split())[-60:]
        for title, kernels in PLANS:
            with tempfile.TemporaryDirectory() as folder:
                output = os.path.join(folder, "planned.tflite")
                figures, seconds = plan(arguments.nnopt, path, kernels, output)
                if not self.rows:
                    stock = (figures["stockHeadBytes"], figures["stockTailBytes"])
                    self.row("as it is", path, printed, *stock, figures["stockSmallestArenaBytes"])
                after = arena.measure(output)
                self.row(title, output, after, figures["headBytes"], figures["tailBytes"], figures["smallestArenaBytes"])
                bytes = None if expected is None else differing(expected, answers(output, data))
                self.plans.append((after["head"], bytes, seconds))

    def row(self, title, path, printed, head, tail, smallest):
        errors = [head - printed["head"], tail - printed["tail"], head + tail - printed["total"]]
        allocates = arena.allocates(path, smallest) and not arena.allocates(path, smallest - arena.ALIGNMENT)
        self.rows.append((title, printed, errors, smallest, allocates))

    @property
    def is_exact(self):
        return all(not any(errors) and allocates for _, _, errors, _, allocates in self.rows)

    @property
    def is_same(self):
        return all(bytes == 0 for _, bytes, _ in self.plans)

    @property
    def is_run(self):
        return all(bytes is not None for _, bytes, _ in self.plans)


def prediction_table(models):
    lines = [
        "| model | plan | head | error | tail | error | total | error | smallest arena | allocates, 16 B less does not |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|---|",
    ]
    for model in models:
        for title, printed, errors, smallest, allocates in model.rows:
            figures = []
            for kind, error in zip(("head", "tail", "total"), errors):
                figures += ["%d" % printed[kind], "%+d" % error]
            cells = [model.name, title, *figures, "%d" % smallest, "yes" if allocates else "NO"]
            lines.append("| %s |" % " | ".join(cells))
    return lines


def plan_table(models, peers):
    lines = [
        "| model | stock head | safe on any | differing bytes | s | reference kernels | differing bytes | s |"
        + (" packed | Vela | overlap |" if peers else ""),
        "|---|--:|--:|--:|--:|--:|--:|--:|" + ("--:|--:|--:|" if peers else ""),
    ]
    for model in models:
        cells = [model.name, "%d" % model.rows[0][1]["head"]]
        for head, bytes, seconds in model.plans:
            cells += ["%d" % head, "not run" if bytes is None else "%d" % bytes, "%.2f" % seconds]
        if peers:
            row = {} if model.is_own else peers.get(model.name, {})
            cells += [row.get(key, "") for key in ("cpsat_pack", "vela_head_tflm", "overlap_head_tflm")]
        lines.append("| %s |" % " | ".join(cells))
    return lines


def document(models, refused, arguments):
    exact = sum(m.is_exact for m in models)
    run = [m for m in models if m.is_run]
    same = sum(m.is_same for m in run)
    peers = {}
    if arguments.peers:
        with open(arguments.peers) as file:
            peers = {row["model"]: row for row in csv.DictReader(file)}
    lines = ["# TFLM's arena", ""]
    lines += [
        "Made by `Scripts/benchmark arena`, live on the tflite-micro wheel (64-bit host, reference kernels).",
        "Errors are nnopt's figure minus TFLM's printed one, in bytes.",
        "",
        "%d of %d models exact in all figures; %d of %d planned without a differing byte on %d random inputs."
        % (exact, len(models), same, len(run), arguments.samples),
        "",
        "## Plans",
        "",
        "Heads in bytes as TFLM prints them, with scratch buffers; seconds of the whole `nnopt plan` command, which plans",
        "for every kernel library besides."
        + (" Peers: packed and overlap by CP-SAT, and Vela, as measured by others." if peers else ""),
        "",
        *plan_table(models, peers),
    ]
    lines += ["- %s: %s" % (m.name, m.note) for m in models if m.note]
    lines += ["", "## Predictions", "", *prediction_table(models), "", "## Refused by TFLM", ""]
    lines += ["- %s: %s" % (m.name, m.refused.replace("|", "/")) for m in refused]
    return "\n".join(lines) + "\n"


def parse():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", help="searched for .tflite files")
    parser.add_argument("--nnopt", default=os.path.join(ROOT, ".build", "release", "nnopt"))
    parser.add_argument("--samples", type=int, default=20)
    parser.add_argument("--peers", help="a CSV with other planners' heads by model")
    parser.add_argument("--report", required=True)
    return parser.parse_args()


def main():
    arguments = parse()
    paths = sorted(
        os.path.join(folder, file)
        for top in arguments.folders
        for folder, _, files in os.walk(top)
        for file in files
        if file.endswith(".tflite")
    )
    measured = []
    for path in paths:
        measured.append(Measured(arguments, path))
        last = measured[-1]
        print(last.name, last.refused or ("exact" if last.is_exact else "DIFFERS"), [p[:2] for p in last.plans], flush=True)
    models = [m for m in measured if not m.refused]
    with open(arguments.report, "w") as file:
        file.write(document(models, [m for m in measured if m.refused], arguments))
    sys.exit(0 if all(m.is_exact and (m.is_same or not m.is_run) for m in models) else 1)


if __name__ == "__main__":
    main()
