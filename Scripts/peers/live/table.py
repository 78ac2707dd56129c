"""Tables of models, printed row by row as they are measured, and written as a report."""

import os
import tempfile

from . import arena


def model_paths(paths):
    """The .tflite files among paths and below folders, by name."""
    files = [p for p in paths if p.endswith(".tflite")]
    for path in paths:
        for folder, _, names in os.walk(path):
            files += [os.path.join(folder, n) for n in names if n.endswith(".tflite")]
    return sorted(set(files))


def cell(value):
    return "{:,}".format(value) if isinstance(value, int) else str(value).replace("|", "/")


def add(lines, cells):
    lines.append("| " + " | ".join(cell(c) for c in cells) + " |")
    print(lines[-1], flush=True)


def measure(paths, header, rows, report, introduction):
    """Calls `rows(path, folder)` for every model, which gives pairs of cells and a count of wrong bytes; the sum of these."""
    def write():
        if report:
            with open(report, "w", encoding="utf-8") as file:
                file.write(introduction + "\n".join(lines) + "\n")

    wrong = 0
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    with tempfile.TemporaryDirectory() as folder:
        for path in model_paths(paths):
            try:
                for cells, bytes_ in rows(path, folder):
                    wrong += bytes_
                    add(lines, cells)
            except (arena.Refused, RuntimeError) as reason:
                name = os.path.basename(path).removesuffix(".tflite")
                add(lines, (name, "refused: " + " ".join(str(reason).split())[:120]) + ("",) * (len(header) - 2))
            # What was measured stays, if the rest is left.
            write()
    return wrong
