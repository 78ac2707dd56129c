"""The parts of Scripts/zoo/measure.py with figures: all models on five boards, jobs, and thousands of files.

Usage: each function takes a `Trial` and returns a part of the report in Markdown.
"""

import json
import pathlib
import re
import statistics
import subprocess
import sys

from trial import load, own_megabytes, table

BOARDS = ["esp32", "esp32-s3", "nano33ble", "nucleo-f401re", "rpi-pico"]

SECOND_RUN_SECONDS, JOBS_RATIO, PARENT_MEGABYTES = 1, 1.7, 300
SORT_MILLISECONDS, PAGE_MEGABYTES = 1000, 5


def bar(is_met):
    """Whether a figure is within its bar, in a word."""
    return "met" if is_met else "**missed**"


def memory(megabytes):
    """Megabytes of a largest process, which no figure below this script's own can tell."""
    floor = own_megabytes()
    return f"{megabytes:.0f} MB" if megabytes > floor else f"less than {floor:.0f} MB"


def check_page(page):
    """Uses a page in a browser: its timings, and what failed."""
    script = pathlib.Path(__file__).with_name("check_page.py")
    run = subprocess.run([sys.executable, script, page], capture_output=True, text=True)
    timings = json.loads(run.stdout or "{}")
    return timings, run.stderr.strip().splitlines()


def page_line(page, name):
    """A page's size, its timings in a browser, and whether all of it works."""
    size = page.stat().st_size / 1e6
    text = f"The page of {name} has {size:.2f} MB (bar: {PAGE_MEGABYTES} MB, {bar(size <= PAGE_MEGABYTES)})"
    timings, failures = check_page(page)
    if not timings:
        return f"{text}; not opened: {'; '.join(failures)}."
    text += f" and is open after {timings['openMs'] / 1000:.2f} s"
    slowest = timings.get("slowestSortMs")
    if slowest is not None:
        text += f"; the slowest of {timings['sorts']} sorts takes {slowest:.0f} ms (bar: {SORT_MILLISECONDS} ms, "
        text += f"{bar(slowest < SORT_MILLISECONDS)})"
    if timings.get("lastModelMs") is not None:
        text += f"; a model opens in {timings['lastModelMs']:.0f} ms"
    return text + ". " + ("In a browser: " + "; ".join(failures) if failures else "It renders, sorts, filters and "
                          "opens a model without an error or a request.")


def all_models(trial):
    """Every model on every board, twice."""
    boards = [word for board in BOARDS for word in ("--board", board)]
    words = ["zoo", "run", *trial.models, *boards, "--out", "zoo"]
    trial.clear("zoo")
    first, second = (trial.run(*words) for _ in range(2))
    report = trial.report("zoo", "markdown").decode().strip()
    lines = report.splitlines()
    rows = [line for line in lines if line.startswith("|")]
    totals = [line for line in lines if line.strip() and not line.startswith("|")]
    page = page_line(trial.page("zoo", "zoo.html"), f"these {len(rows) - 2} rows")
    return "\n\n".join([
        "## All models on five boards", f"`{trial.command(*words)}`",
        f"{len(rows) - 2} rows in {first.seconds:.1f} s with {load()} (exit code {first.code}: "
        f"{first.message.split(';')[0]}). At its highest the process itself took {memory_of(first)}, and "
        f"its largest child {memory(first.largest_megabytes)}.",
        f"The same command again: {second.made} results made in {second.seconds:.2f} s (bar: {SECOND_RUN_SECONDS} s, "
        f"{bar(second.made == 0 and second.seconds < SECOND_RUN_SECONDS)}).",
        page, "Totals: " + " ".join(totals),
        "<details><summary>`nnopt zoo report zoo --format markdown`</summary>", "\n".join(rows), "</details>",
    ])


def memory_of(run):
    return f"{run.parent_megabytes:.0f} MB"


def jobs(trial, count=200, rounds=2):
    """One model at a time against two, in turn."""
    sources = trial.small_models(100_000)
    folder = trial.copies("some", count, sources)
    seconds, loads = {1: [], 2: []}, []
    for _ in range(rounds):
        for number in (1, 2):
            trial.clear("jobs")
            loads.append(load())
            run = trial.zoo(folder, "--board", "esp32", "--out", "jobs", "--jobs", number)
            assert run.made == count, run.message
            seconds[number].append(run.seconds)
    trial.clear("jobs")
    ratio = statistics.median(seconds[1]) / statistics.median(seconds[2])
    rows = [[f"--jobs {number}", *(f"{value:.1f}" for value in seconds[number]),
             f"{statistics.median(seconds[number]):.1f}"] for number in (1, 2)]
    return "\n\n".join([
        "## One job against two",
        f"`{trial.command('zoo', 'run', folder, '--board', 'esp32', '--out', 'jobs', '--jobs', 'N')}`, where `some` has "
        f"{count} copies of the {len(sources)} models below 100 kB, in turn, one run after the other.",
        table(["", *(f"round {number + 1}, s#" for number in range(rounds)), "median, s#"], rows),
        f"Ratio of the medians: {ratio:.2f} (bar: {JOBS_RATIO}, {bar(ratio >= JOBS_RATIO)}). Before the runs: "
        f"{'; '.join(loads)}. The load of a minute has the runs before in it; what is above 2 there is "
        "other work, which takes its part of the processors, and the ratio is then too small.",
    ])


def many(trial, count=2000):
    """Thousands of small files: memory of the process, and pages."""
    sources = trial.small_models(60_000)
    folder = trial.copies("many", count, sources)
    command = ["zoo", "run", folder, "--board", "esp32", "--out", "thousands"]
    trial.clear("thousands")
    first, second = (trial.run(*command) for _ in range(2))
    lines = [
        f"## {count:,} files", f"`{trial.command(*command)}`, copies of the {len(sources)} models below 60 kB.",
        f"{first.made:,} results in {first.seconds:.0f} s with {load()}. At its highest the process itself "
        f"took {memory_of(first)} (bar: {PARENT_MEGABYTES} MB, {bar(first.parent_megabytes < PARENT_MEGABYTES)}), and "
        f"its largest child {memory(first.largest_megabytes)}. The same command again: {second.made} results made in "
        f"{second.seconds:.2f} s.",
        page_line(trial.page("thousands", "thousands.html"), f"{count:,} models"),
    ]
    trial.clear("thousands", "many")
    return "\n\n".join(lines + [hundreds(trial)])


def hundreds(trial, count=400):
    """The page of some hundreds of models."""
    folder = trial.copies("hundreds", count, trial.small_models(100_000))
    command = ["zoo", "run", folder, "--board", "esp32", "--out", "zoo-hundreds"]
    trial.clear("zoo-hundreds")
    run = trial.run(*command)
    page = trial.page("zoo-hundreds", "hundreds.html")
    shown = len(re.findall(rb'"details":"', page.read_bytes()))
    line = page_line(page, f"{count} models (`{trial.command(*command)}`, copies of models below 100 kB, {run.seconds:.0f} s)")
    trial.clear("zoo-hundreds", "hundreds")
    return f"{line} {shown} of its rows have details."
