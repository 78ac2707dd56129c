#!/usr/bin/env python3
"""Asks nnopt and TFLM about models, and prints where they differ.

Looks at every .tflite file, and every case of .golden files, below the folders. They differ where
one refuses a model and the other does not, where head or tail of the arena differ, and, with
--bytes, where the answers do. A model of which nnopt says that TFLM's answers are wrong, because a
kernel goes on over what is not there, may end in any way; one that turns without end is no refusal. Changed copies that break the format, which nnopt
does not read, are no models: they are counted apart. So are those over which the package's own Python ends
before TFLM sees them.
"""

import argparse
import collections
import json
import os
import subprocess
import sys
import tempfile

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", ".."))
sys.path.insert(0, HERE)

from golden import store  # noqa: E402
from live import nnopt, variants, verdicts  # noqa: E402
from live.models import ModelFile  # noqa: E402

BATCH = 500


class Subject:
    """A model by its name, and the file that holds it."""

    def __init__(self, name, path):
        self.name = name
        self.path = path

    def data(self):
        with open(self.path, "rb") as file:
            return file.read()


def subjects(arguments, folder):
    """All models; those that are in no file of their own get one in `folder`."""
    for root in arguments.folders:
        for path in files(root):
            name = os.path.relpath(path, root) if os.path.isdir(root) else os.path.basename(path)
            if path.endswith(".tflite"):
                yield Subject(name, path)
            else:
                yield from cases(path, folder, arguments.variants)


def files(root):
    if not os.path.isdir(root):
        return [root]
    found = [os.path.join(place, name) for place, _, names in os.walk(root) for name in names]
    return sorted(path for path in found if path.endswith((".tflite", ".golden")))


def cases(path, folder, changed):
    seen = set()
    with open(path, "rb") as file:
        records = store.decode(file.read())
    for record in records:
        if not changed:
            yield write(folder, record.name, record.model)
        elif record.judge == 0 and variants.signature(record.model) not in seen:
            seen.add(variants.signature(record.model))
            for name, data in variants.of(record.model):
                yield write(folder, "%s@%s" % (record.name, name), data)


def write(folder, name, data):
    path = os.path.join(folder, name.replace("/", "~") + ".tflite")
    with open(path, "wb") as file:
        file.write(data)
    return Subject(name, path)


def ask_nnopt(arguments, models):
    """nnopt's lines by path."""
    lines = {}
    for start in range(0, len(models), BATCH):
        paths = [model.path for model in models[start : start + BATCH]]
        done = subprocess.run([arguments.benchmark, "verdict", *paths], capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit("benchmark verdict ended with %d: %s" % (done.returncode, done.stderr[-500:]))
        for line in done.stdout.splitlines():
            answer = json.loads(line)
            lines[answer["path"]] = answer
    return lines


def severities(line):
    return {finding["severity"] for finding in line["findings"]}


def difference(arguments, model, line, theirs):
    """A kind and a sentence, or None where both agree."""
    mine_refused = bool(line.get("error")) or "refused" in severities(line)
    said = line.get("error") or "; ".join(finding["text"] for finding in line["findings"])
    if theirs.kind == "unreadable":
        return None
    if theirs.kind == "endless":
        return ("refused", "nnopt: %s; TFLM turns without end" % said) if mine_refused else None
    if theirs.runs and mine_refused:
        return "refused", "nnopt: %s" % said
    if not theirs.runs and not mine_refused and "wrong-answers" not in severities(line):
        return "runs", "TFLM %s at %s: %s" % (theirs.kind, theirs.stage, theirs.reason)
    if not theirs.runs:
        return None
    arena = arena_difference(line, theirs.printed)
    if arena:
        return "arena", arena
    if arguments.bytes and theirs.outputs is not None and "wrong-answers" not in severities(line):
        text = answer_difference(arguments, model, theirs)
        return ("bytes", text) if text else None
    return None


def arena_difference(line, printed):
    said = [
        "%s %d, TFLM's %d" % (key, line[key + "Bytes"], printed[key])
        for key in ("head", "tail")
        if line[key + "Bytes"] != printed.get(key)
    ]
    return ", ".join(said)


def answer_difference(arguments, model, theirs):
    try:
        mine = nnopt.run(arguments.nnopt, ModelFile(model.path), [theirs.inputs], arguments.seconds)[0]
    except (nnopt.Failed, OSError, ValueError, IndexError) as error:
        return "nnopt: %s" % error
    for index, (one, other) in enumerate(zip(mine, theirs.outputs)):
        if one.dtype != other.dtype or one.size != other.size:
            return "output %d: %s %s, TFLM's %s %s" % (index, one.dtype, one.shape, other.dtype, other.shape)
        one = one.reshape(other.shape)
        if not alike(one, other):
            return "output %d: %d of %d elements differ" % (index, np.count_nonzero(one != other), one.size)
    return None


def alike(one, other):
    if one.dtype.kind != "f":
        return np.array_equal(one, other)
    finite = other[np.isfinite(other)]
    largest = float(np.abs(finite).max()) if finite.size else 0.0
    return np.allclose(one, other, rtol=0, atol=1e-5 * largest, equal_nan=True)


def parse():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", help="folders, .tflite files or .golden files")
    release = os.path.join(ROOT, ".build", "release")
    parser.add_argument("--benchmark", default=os.path.join(release, "benchmark"))
    parser.add_argument("--nnopt", default=os.path.join(release, "nnopt"))
    parser.add_argument("--bytes", action="store_true", help="compare answers too")
    parser.add_argument("--only", default="", help="only models whose names contain this text")
    parser.add_argument("--seconds", type=int, default=60, help="limit of one runtime on one model")
    parser.add_argument(
        "--variants", action="store_true", help="changed copies of the golden cases, not the cases"
    )
    return parser.parse_args()


def main():
    arguments = parse()
    counts = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        models = [m for m in subjects(arguments, folder) if arguments.only in m.name]
        lines = ask_nnopt(arguments, models)
        for model in models:
            if arguments.variants and lines[model.path].get("error"):
                counts["unread"] += 1
                continue
            theirs = verdicts.ask(model.data(), arguments.seconds)
            found = difference(arguments, model, lines[model.path], theirs)
            counts[theirs.kind if theirs.kind in ("runs", "endless", "unreadable") else "refused"] += 1
            if found:
                counts[found[0] + " differs"] += 1
                print("%s\t%s\t%s" % (model.name, *found), flush=True)
    differing = sum(count for kind, count in counts.items() if kind.endswith("differs"))
    parts = ", ".join("%s %d" % (kind, count) for kind, count in sorted(counts.items()) if "differs" in kind)
    print(
        "%d models: TFLM runs %d, refuses %d and turns without end in %d; its package does not read %d, and nnopt %d; "
        "%d differences%s"
        % (
            len(models),
            counts["runs"],
            counts["refused"],
            counts["endless"],
            counts["unreadable"],
            counts["unread"],
            differing,
            " (%s)" % parts if parts else "",
        )
    )
    sys.exit(0 if differing == 0 else 1)


if __name__ == "__main__":
    main()
