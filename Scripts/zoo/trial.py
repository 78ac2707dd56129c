"""What the parts of Scripts/zoo/measure.py share: running nnopt with its time and memory, folders of models, tables.

Usage:

    trial = Trial(binary, models, folder)
    run = trial.zoo("--board", "esp32", "--out", "zoo")
    print(run.seconds, run.parent_megabytes, run.code, run.errors)
"""

import dataclasses
import os
import pathlib
import re
import resource
import shlex
import shutil
import signal
import subprocess
import threading
import time


@dataclasses.dataclass
class Run:
    """What a command did. Memory is resident, at its highest; the largest process may be the command itself."""

    words: list
    code: int
    output: str
    errors: str
    seconds: float
    parent_megabytes: float
    largest_megabytes: float
    was_killed: bool = False

    @property
    def made(self):
        """How many results a run of a zoo says that it made; None where it says nothing."""
        found = re.search(r"([\d,]+) of ([\d,]+) results made", self.errors)
        return int(found[1].replace(",", "")) if found else None

    @property
    def message(self):
        """The last line of what it said."""
        lines = (self.errors.strip() or self.output.strip()).splitlines()
        return lines[-1] if lines else ""


class Trial:
    """A program, its models, and a folder to work in."""

    def __init__(self, binary, models, folder):
        self.binary, self.models, self.folder = binary, models, pathlib.Path(folder)
        self.names, self.texts = {}, {}

    def run(self, *words, kill_after=None, timeout=1800, prefix=()):
        """Runs nnopt in the folder; `kill_after` seconds it is killed, and only it, as the system kills what is too large."""
        with open(self.folder / ".out", "w+b") as output, open(self.folder / ".err", "w+b") as errors:
            start = time.monotonic()
            process = subprocess.Popen(
                [*prefix, self.binary, *map(str, words)], cwd=self.folder, stdout=output, stderr=errors)
            status, usage, highest, killed = watch(process, start, kill_after, timeout)
            seconds = time.monotonic() - start
            output.seek(0)
            errors.seek(0)
            texts = [file.read().decode(errors="replace") for file in (output, errors)]
        return Run(list(words), os.waitstatus_to_exitcode(status), *texts, seconds, highest / 1024,
                   usage.ru_maxrss / 1024, killed)

    def zoo(self, *words, **options):
        """`nnopt zoo run`."""
        return self.run("zoo", "run", *words, **options)

    def start(self, *words):
        """A run of a zoo that goes on by itself; what it says is in a pipe."""
        return subprocess.Popen(
            [self.binary, "zoo", "run", *map(str, words)], cwd=self.folder, text=True, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE)

    def report(self, zoo, form):
        """The bytes of a report."""
        words = [self.binary, "zoo", "report", str(zoo), "--format", form]
        return subprocess.run(words, cwd=self.folder, check=True, capture_output=True).stdout

    def page(self, zoo, name):
        """Writes a page of a zoo; returns its path."""
        path = self.folder / name
        path.write_bytes(self.report(zoo, "html"))
        return path

    def small_models(self, limit=200_000):
        """Models with files of at most so many bytes, the smallest first."""
        files = sorted((path.stat().st_size, path) for folder in self.models for path in folder.rglob("*.tflite"))
        return [path for size, path in files if size <= limit]

    def copies(self, name, count, sources):
        """A folder with so many copies of models, in turn, under other names; made once."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        for number in range(count):
            source = sources[number % len(sources)]
            place = folder / f"{number // 100:02d}"
            place.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, place / f"{number:04d}-{source.name}")
        return name

    def clear(self, *names):
        """Takes folders away."""
        for name in names:
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def command(self, *words):
        """A command as a reader would type it."""
        text = shlex.join(["nnopt", *map(str, words)])
        for path, name in self.names.items():
            text = text.replace(str(path), name)
        return text


def watch(process, start, kill_after, timeout):
    """Waits for a process, and looks often at what it takes: the system's figure is the one of its largest child."""
    highest, killed = 0, False
    path = f"/proc/{process.pid}/status"
    while True:
        highest = max(highest, high_water(path))
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        if ended:
            process.returncode = os.waitstatus_to_exitcode(status)
            return status, usage, highest, killed and process.returncode == -signal.SIGKILL
        passed = time.monotonic() - start
        if kill_after is not None and passed >= kill_after or passed > timeout:
            killed = True
            process.kill()
        time.sleep(0.005 if kill_after is not None else 0.02)


def high_water(path):
    """The highest resident kilobytes of a process; 0 where it is over."""
    try:
        with open(path, encoding="ascii", errors="replace") as file:
            for line in file:
                if line.startswith("VmHWM"):
                    return int(line.split()[1])
    except (OSError, ValueError):
        pass
    return 0


def own_megabytes():
    """What this process took at its highest; a child's figure is at least as much, since it begins as a copy."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def tree(folder):
    """Every file below a folder, with its bytes, but the database, whose pages may lie in another order."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in pathlib.Path(folder).rglob("*") if path.is_file() and path.name != "zoo.sqlite"
    }


def lines_of(stream, into):
    """Reads a stream's lines into a list, as they come, on a thread of its own."""
    thread = threading.Thread(target=lambda: into.extend(iter(stream.readline, "")), daemon=True)
    thread.start()
    return thread


def table(headings, rows):
    """Rows in Markdown; a heading that ends in `#` is of numbers."""
    lines = [
        "| " + " | ".join(heading.rstrip("#") for heading in headings) + " |",
        "|" + "|".join("--:" if heading.endswith("#") else "---" for heading in headings) + "|",
    ]
    lines += ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def load():
    """The machine's load and processors, in words."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
