#!/usr/bin/env python3
"""Measures `nnopt zoo` and writes a report.

Usage: Scripts/benchmark zoo FOLDER [FOLDER...] [--parts PART...], which builds nnopt and runs this, or
       Scripts/zoo/measure.py --nnopt BINARY --models FOLDER [FOLDER...] --report Reports/zoo.md
           [--names NAME...] [--parts all-models jobs many kills hostile slurm] [--keep FOLDER] [--build debug]

  --nnopt    a release build
  --names    what the report calls the folders, in their order, in commands and, behind =, in text, such as
             "public=the 25 public models" (default: their paths)
  --parts    only these, into a report that keeps the others as they are
  --build    says of the parts that they are of another build, whose seconds tell nothing of a release build's
  --keep     where to work, in a folder that stays (default: a temporary one)

The part slurm needs root and takes minutes; see Scripts/zoo/slurm_trial. Each part says the command that it is of, and
figures that are compared are of one run. Nothing else should run on the machine meanwhile.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import figures
import hostile
import kills
from trial import Trial, load


def slurm(trial):
    """A cluster of two nodes, of which one is killed; with and without its return."""
    script = pathlib.Path(__file__).with_name("slurm_trial")
    words = [*map(str, trial.models), *(word for board in figures.BOARDS for word in ("--board", board))]
    typed = trial.command(*words).removeprefix("nnopt ")
    lines = [
        "## Slurm", f"`Scripts/zoo/slurm_trial nnopt [--return] -- {typed}`",
        "Two nodes of one processor each on this machine; with tasks under way one of them is killed, with everything on it. "
        "Afterwards the merged zoo is compared with one of a single run: reports as csv and jsonl, and every written file. "
        "Slurm lets the task of a failed node wait for two minutes, which are in the seconds."]
    for options, fate in ((["--return"], "and comes back"), ([], "and stays away")):
        figures_file = trial.folder / "slurm.json"
        run = subprocess.run(
            [script, trial.binary, *options, "--json", figures_file, "--", *words], capture_output=True, text=True)
        if run.returncode:
            lines.append(f"The node is killed {fate}: **failed**: {run.stderr.strip().splitlines()[-1]}")
            continue
        found = json.loads(figures_file.read_text())
        lines.append(
            f"The node is killed {fate} ({found['slurm']}): {found['parts']} tasks, {found['finishedBefore']} of them finished "
            f"before; {found['restarts']} started anew by Slurm; merged after {found['seconds']} s, which without "
            f"Slurm and a kill take {found['singleSeconds']} s. {found['rows']} rows and all written files are equal.")
    return "\n\n".join(lines)


PARTS = {
    "all-models": figures.all_models, "jobs": figures.jobs, "many": figures.many, "kills": kills.kills,
    "hostile": hostile.hostile, "slurm": slurm,
}


def head(trial):
    """What the report begins with."""
    version = trial.run("--version").output.strip()
    names = " ".join(trial.names.get(path, str(path)) for path in trial.models)
    counts = " and ".join(
        f"{trial.texts.get(path, path)} ({count} files, `{trial.names.get(path, path)}` in commands)"
        for path, count in ((path, len(list(path.rglob("*.tflite")))) for path in trial.models))
    return (
        "# Measurements of `nnopt zoo`\n\n"
        f"Made by `Scripts/benchmark zoo {names}`, which runs `Scripts/zoo/measure.py`, with a release build of "
        f"nnopt {version}. Models: {counts}. Memory is resident, in MB of 1,024² bytes; files are in MB of 10⁶ bytes.")


def read_parts(report):
    """The parts of an earlier report, by name, and where it has none."""
    text = report.read_text(encoding="utf-8") if report.exists() else ""
    found = re.findall(r"<!-- part (\S+) -->\n(.*?)\n<!-- end -->", text, re.DOTALL)
    return dict(found)


def write_report(report, trial, parts):
    """All parts in their order; those that were not measured are named."""
    blocks = [head(trial)]
    missing = [name for name in PARTS if name not in parts]
    if missing:
        blocks.append(f"Not measured: {', '.join(missing)}.")
    blocks += [f"<!-- part {name} -->\n{parts[name]}\n<!-- end -->" for name in PARTS if name in parts]
    report.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def measure(trial, names, report, build=None):
    """Measures some parts, and writes the report after each of them; a build other than a release build is named."""
    parts = read_parts(report)
    succeeded = True
    for name in names:
        start = time.monotonic()
        print(f"{name}: {load()}", file=sys.stderr)
        try:
            heading, _, text = PARTS[name](trial).partition("\n\n")
            note = f"\n\nOf a {build} build: its seconds are none of a release build's." if build else ""
            parts[name] = f"{heading}{note}\n\n{text}"
        except (AssertionError, OSError, subprocess.SubprocessError) as error:
            succeeded = False
            print(f"{name}: {error}", file=sys.stderr)
        print(f"{name}: {time.monotonic() - start:.0f} s", file=sys.stderr)
        write_report(report, trial, parts)
    return succeeded


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nnopt", required=True, type=pathlib.Path)
    parser.add_argument("--models", required=True, nargs="+", type=pathlib.Path)
    parser.add_argument("--names", nargs="+", default=[])
    parser.add_argument("--report", required=True, type=pathlib.Path)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--build", default=None)
    parser.add_argument("--keep", type=pathlib.Path)
    arguments = parser.parse_args()
    models = [folder.resolve(strict=True) for folder in arguments.models]
    with tempfile.TemporaryDirectory(prefix="nnopt-zoo-") as temporary:
        folder = arguments.keep.resolve() if arguments.keep else pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        trial = Trial(arguments.nnopt.resolve(strict=True), models, folder)
        pairs = [name.partition("=") for name in arguments.names]
        trial.names = {path: name for path, (name, _, _) in zip(models, pairs)}
        trial.texts = {path: text or name for path, (name, _, text) in zip(models, pairs)}
        return 0 if measure(trial, arguments.parts, arguments.report.resolve(), arguments.build) else 1


if __name__ == "__main__":
    sys.exit(main())
