#!/usr/bin/env python3
"""Measures TFLM's arena for every golden case that TFLM judges, and writes Tests/Golden/arena.csv.

Columns: operator, index of the case in its file, printed head and tail, smallest arena that
allocates. With names of operators only those are measured, and printed instead of written.
"""

import os
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.normpath(os.path.join(HERE, "..", "..", "Tests", "Golden"))
sys.path.insert(0, HERE)

from golden import judges, store  # noqa: E402
from live import arena  # noqa: E402

HEADER = "operator,case,head,tail,smallest"


def rows(operator, folder):
    with open(os.path.join(FOLDER, operator + ".golden"), "rb") as file:
        records = store.decode(file.read())
    path = os.path.join(folder, "model.tflite")
    for index, record in enumerate(records):
        if record.judge != judges.TFLM:
            continue
        with open(path, "wb") as file:
            file.write(record.model)
        printed = arena.measure(path, arena=1 << 20)
        smallest = arena.smallest(path, printed)
        yield "%s,%d,%d,%d,%d" % (operator, index, printed["head"], printed["tail"], smallest)


def main():
    wanted = sys.argv[1:]
    names = wanted or sorted(n[:-7] for n in os.listdir(FOLDER) if n.endswith(".golden"))
    lines = [HEADER]
    with tempfile.TemporaryDirectory() as folder:
        for operator in names:
            lines += rows(operator, folder)
    text = "\n".join(lines) + "\n"
    if wanted:
        sys.stdout.write(text)
        return
    with open(os.path.join(FOLDER, "arena.csv"), "w") as file:
        file.write(text)


if __name__ == "__main__":
    main()
