"""The part of Scripts/zoo/measure.py with hostile surroundings: broken databases, full disks, changing files.

Usage: `hostile(trial)` returns a part of the report in Markdown.
"""

import os
import shutil
import subprocess
import time

from trial import lines_of, table

BOARD = ("--board", "esp32")


def row(name, run, then, folder):
    """A row of the report: what happened, and how the run after it went; the folder's name is no part of a message."""
    message = run.message.replace("\n", " ").replace(str(folder) + "/", "").replace(str(folder), ".")
    return [name, run.code, f"`{message}`", then]


def outcome(trial, run, count):
    """Whether a later run completed the zoo."""
    rows = trial.report("hostile", "jsonl").decode().splitlines() if run.code in (0, 1, 5) else []
    good = [line for line in rows if '"verdict":"error"' not in line]
    text = f"{run.code}: {run.made} made, {len(good)} rows without an error"
    return text if len(good) == count else f"**{text}**, not {count}: `{run.message}`"


def new_zoo(trial, words):
    trial.clear("hostile")
    run = trial.zoo(*words)
    assert run.code == 0, run.message
    return run.made


def corrupt(trial, words):
    """Databases that are none, cut off, or damaged inside."""
    database = trial.folder / "hostile" / "zoo.sqlite"
    damages = {
        "database of other bytes": lambda bytes: b"no database at all\n" * 100,
        "database cut in half": lambda bytes: bytes[: len(bytes) // 2],
        "database with 4 KB of zeros inside": lambda bytes: bytes[:4096] + bytes[:0] + b"\0" * 4096 + bytes[8192:],
        "empty database": lambda bytes: b"",
    }
    rows = []
    for name, damage in damages.items():
        count = new_zoo(trial, words)
        database.write_bytes(damage(database.read_bytes()))
        run = trial.zoo(*words)
        database.unlink(missing_ok=True)
        then = "without the database: " + outcome(trial, trial.zoo(*words), count)
        rows.append(row(name, run, then, trial.folder))
    return rows


def full_disk(trial, words):
    """A disk of 1 MB, which then grows."""
    name, place = "disk of 1 MB", trial.folder / "hostile"
    trial.clear("hostile")
    place.mkdir()
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True, text=True)
    if mount.returncode:
        return [[name, "", "skipped: no disk can be mounted here", ""]]
    try:
        count = len(list((trial.folder / words[0]).rglob("*.tflite")))
        run = trial.zoo(*words)
        left = sorted(path.name for path in place.iterdir())
        subprocess.run(["mount", "-o", "remount,size=200m", place], check=True)
        then = f"left: {', '.join(left)}; with 200 MB: " + outcome(trial, trial.zoo(*words), count)
        return [row(name, run, then, trial.folder)]
    finally:
        subprocess.run(["umount", place], check=False)


def read_only(trial, words):
    """An output folder of somebody else's."""
    name, place = "output folder that nobody may write", trial.folder / "hostile"
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        return [[name, "", "skipped: needs root and setpriv", ""]]
    prefix = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    trial.clear("hostile")
    place.mkdir(mode=0o755)
    trial.folder.chmod(0o755)
    run = trial.zoo(*words, prefix=prefix)
    count = len(list((trial.folder / words[0]).rglob("*.tflite")))
    rows = [row(name, run, "as root: " + outcome(trial, trial.zoo(*words), count), trial.folder)]
    shown = trial.run("zoo", "report", "hostile", "--format", "jsonl", prefix=prefix)
    verdict = f"{len(shown.output.splitlines())} rows" if shown.code == 0 else shown.message
    return rows + [["report of a zoo that may only be read", shown.code, f"`{verdict}`", ""]]


def changing(trial, words, sources):
    """A model is deleted and another one changed while a run is on; a fresh zoo tells what the next run has to say."""
    folder = trial.folder / words[0]
    files = sorted(folder.rglob("*.tflite"), key=lambda path: (path.stat().st_size, path.name))
    trial.clear("hostile")
    process = trial.start(*words, "--jobs", 1)
    lines = []
    thread = lines_of(process.stderr, lines)
    while process.poll() is None and sum(line.startswith("[") for line in lines) < 3:
        time.sleep(0.005)
    # The largest come first, so that these are still to come.
    files[0].unlink()
    shutil.copyfile(sources[-1], files[1])
    code = process.wait()
    thread.join()
    later = trial.zoo(*words)
    found = trial.report("hostile", "jsonl")
    shutil.rmtree(trial.folder / "hostile")
    trial.zoo(*words)
    equal = "as a new zoo" if trial.report("hostile", "jsonl") == found else "**other than a new zoo**"
    return [["a model deleted and one changed meanwhile", code, f"`{lines[-1].strip()}`",
             f"{later.code}: {later.made} made, {equal}"]]


def two_at_once(trial, words):
    """The second of two runs waits for the first."""
    trial.clear("hostile")
    first = trial.start(*words)
    lines = []
    thread = lines_of(first.stderr, lines)
    while not (trial.folder / "hostile" / "zoo.sqlite").exists() and first.poll() is None:
        time.sleep(0.005)
    second = trial.zoo(*words)
    first.wait()
    thread.join()
    waiting = next((line for line in second.errors.splitlines() if "wait" in line), second.message)
    return [["two runs at once", f"{first.returncode}, {second.code}", f"`{waiting}`",
             f"the second: {second.made} made"]]


def hostile(trial):
    """All of them; a row each."""
    sources = trial.small_models(120_000)
    folder = trial.copies("some", 30, sources)
    words = [folder, *BOARD, "--out", "hostile"]
    rows = corrupt(trial, words) + full_disk(trial, words) + read_only(trial, words) + two_at_once(trial, words)
    rows += changing(trial, words, sources)
    trial.clear("hostile")
    return "\n\n".join([
        "## Hostile surroundings",
        f"`{trial.command('zoo', 'run', *words)}`, with 30 copies of the models below 120 kB; in the last column the same "
        "command on a good disk, or what is said there.",
        table(["what", "exit code", "message", "then"], rows),
    ])
