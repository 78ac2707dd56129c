"""The part of Scripts/zoo/measure.py that kills runs: whatever is left, the next run makes the same zoo of it.

Usage: `kills(trial)` returns a part of the report in Markdown.
"""

import base64
import json
import random
import re
import shutil
import zlib

from trial import table, tree

FORMATS = ("jsonl", "csv", "html")
LEFT = {"models", "zoo.lock", "zoo.sqlite"}


# What a page has of the run and not of the model: durations, and where its temporary files were.
OF_THE_RUN = re.compile(r"\.work-[0-9a-f]+")


def unpacked(page):
    """A page's data with its documents unpacked, without what is of the run alone."""
    data = json.loads(re.search(rb'id="data">(.*?)</script>', page, re.DOTALL)[1])
    data["details"] = {key: unpacked_details(value) for key, value in data["details"].items()}
    return OF_THE_RUN.sub(".work", json.dumps(without_durations(data), sort_keys=True))


def unpacked_details(value):
    if isinstance(value, dict):
        return {key: unpacked_details(part) for key, part in value.items()}
    if not isinstance(value, str) or value.startswith("@"):
        return value
    return json.loads(zlib.decompress(base64.b64decode(value)))


def without_durations(value):
    if isinstance(value, dict):
        return {key: without_durations(part) for key, part in value.items() if key != "timings"}
    return [without_durations(part) for part in value] if isinstance(value, list) else value


class KilledZoo:
    """A zoo that is made twice at one place, once without a kill and then with many."""

    def __init__(self, trial, words, seed):
        self.trial, self.words, self.random = trial, [*words, "--out", "killed"], random.Random(seed)
        self.place = trial.folder / "killed"

    def undisturbed(self):
        """Makes the zoo, keeps what it is, and moves it away."""
        self.trial.clear("killed", "undisturbed")
        run = self.trial.zoo(*self.words)
        self.seconds, self.made = run.seconds, run.made
        self.wanted = self.state()
        shutil.move(self.place, self.trial.folder / "undisturbed")

    def state(self):
        """Reports and written files; the lock is an empty file of both."""
        reports = {form: self.trial.report("killed", form) for form in FORMATS}
        return {**reports, "files": tree(self.place)}

    def until_done(self, kills, count):
        """Runs and kills until the zoo is done; returns how many kills it took, and what is wrong with it."""
        self.trial.clear("killed")
        killed = 0
        while True:
            # Most moments have to be early: a run goes on where the last one was.
            delay = self.random.uniform(0.01, 2.5 * self.seconds / count) if kills + killed < count else None
            run = self.trial.zoo(*self.words, kill_after=delay)
            if not run.was_killed:
                break
            killed += 1
        wrong = [] if run.code in (0, 1, 5) else [f"the last run ended with {run.code}: {run.message}"]
        return killed, wrong + self.differences()

    def differences(self):
        """What is not as in the zoo that nobody killed."""
        state = self.state()
        wrong = [self.difference(name, state) for name in (*FORMATS, "files") if state[name] != self.wanted[name]]
        others = sorted(path.name for path in self.place.iterdir() if path.name not in LEFT)
        return wrong + [f"left behind: {name}" for name in others]

    def difference(self, name, state):
        """A page that differs in durations and temporary paths alone is told from one with other figures."""
        if name != "html" or unpacked(state[name]) != unpacked(self.wanted[name]):
            return f"{name} differs"
        return "html differs, in durations and names of temporary files alone"


def trial_of_kills(trial, name, words, count, seed):
    """Kills until there were enough, in as many zoos as that takes; a row of the report."""
    zoo = KilledZoo(trial, words, seed)
    zoo.undisturbed()
    kills, zoos, wrong = 0, 0, []
    while kills < count:
        killed, found = zoo.until_done(kills, count)
        kills, zoos, wrong = kills + killed, zoos + 1, wrong + found
    trial.clear("killed", "undisturbed")
    verdict = "; ".join(wrong) if wrong else "all byte-equal, nothing left behind"
    return [name, zoo.made, f"{zoo.seconds:.1f}", kills, zoos, verdict]


def kills(trial, count=20, seed=1):
    """Planned and optimized zoos, killed at random moments."""
    small = trial.small_models(120_000)
    folder = trial.copies("some", 60, small)
    few = trial.copies("few", len(small), small)
    boards = ["--board", "esp32", "--board", "nano33ble"]
    planned, optimized = [folder, *boards], [few, *boards, "--optimize", "--strip"]
    rows = [
        trial_of_kills(trial, f"`{trial.command('zoo', 'run', *words, '--out', 'killed')}`", words, count, seed)
        for words in (planned, optimized)
    ]
    headings = ["command", "results#", "s without a kill#", "kills#", "zoos#", "against the zoo that nobody killed"]
    return "\n\n".join([
        "## Killed and gone on with",
        f"SIGKILL to the process of the zoo alone, at {count} random moments (seed {seed}), and the same command again, "
        f"until it ends by itself; where a zoo was done before the last of the kills, another one was begun. Compared at the "
        f"same path: reports as {', '.join(FORMATS)}, and every written file. `some` and `few` have 60 and "
        f"{len(small)} copies of the models below 120 kB.",
        table(headings, rows),
    ])
