"""Runs models in worker processes, so that a runtime that aborts costs one case only."""

import os
import pickle
import select
import subprocess
import sys
import tempfile

TFLM = 0
LITERT = 1
NAMES = {TFLM: "TFLM", LITERT: "LiteRT reference"}
HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Judge:
    """One runtime behind a process that is started again when it dies."""

    def __init__(self, name, perturb=0, seconds=30):
        """`perturb` fills fresh memory with a pattern, which shows reads of unset memory."""
        self.name = name
        self.perturb = perturb
        self.seconds = seconds
        self.process = None
        self.log = tempfile.TemporaryFile()

    def start(self):
        self.log.seek(0)
        self.log.truncate()
        environment = dict(os.environ, PYTHONPATH=HERE, TF_CPP_MIN_LOG_LEVEL="3")
        if self.perturb:
            environment["MALLOC_PERTURB_"] = str(self.perturb)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "golden.worker", self.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            env=environment,
        )

    def run(self, model, runs, arena=1 << 18):
        """("ok", outputs), ("refused", reason) or ("crashed", reason)."""
        if self.process is None:
            self.start()
        mark = self.log.seek(0, os.SEEK_END)
        try:
            pickle.dump((model, runs, arena), self.process.stdin)
            self.process.stdin.flush()
            ready, _, _ = select.select([self.process.stdout], [], [], self.seconds)
            if not ready:
                raise TimeoutError
            kind, answer = pickle.load(self.process.stdout)
        except (EOFError, BrokenPipeError, TimeoutError) as error:
            kind, answer = "crashed", type(error).__name__
            self.close()
        if kind != "ok":
            answer = "%s | %s" % (answer, self.said(mark))
        return kind, answer

    def said(self, mark):
        self.log.seek(mark)
        lines = self.log.read().decode(errors="replace").strip().splitlines()
        return " / ".join(lines[-4:])[:400]

    def close(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
