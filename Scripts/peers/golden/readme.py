"""Writes the README beside the golden files: the format and a table of counts."""

import os

from . import judges, store

TEXT = """# Golden vectors

Single-operator models with the answers of a real runtime, so that `swift test` needs no Python. One file an operator, made by

    Scripts/peers/setup && .venv-peers/bin/python Scripts/peers/generate_golden.py

(`--only ADD MUL` for some operators, `--log FILE` for dropped cases and places where the runtimes differ).
Cases are seeded by their names: running it again gives the same bytes.

## Format

Little-endian, no padding. `blob` = u32 length, then that many bytes.

| field | type |
|---|---|
| magic `NNGV`, version (1), case count | 4 bytes, u32, u32 |
| for each case: name (UTF-8), judge (0 = TFLM, 1 = LiteRT with reference kernels), model (.tflite) | blob, u8, blob |
| run count | u32 |
| for each run: input count, inputs | u32, blobs |
| output count, outputs | u32, blobs |

Inputs and outputs stand in the order of the first subgraph, as raw tensor bytes. Runs follow one another without reset, so state carries over.
The interpreter of LiteRT has no Convolution2DTransposeBias; there its compiled models are the judge, through XNNPACK.
Integer and bool outputs must match byte for byte; floats to the operator's tolerance.

`arena.csv` holds what TFLM's arena takes for the cases that it judges, made by `.venv-peers/bin/python Scripts/peers/measure_golden_arena.py`.

## Counts

| operator | cases | TFLM | LiteRT | bytes |
|---|---:|---:|---:|---:|
"""


def write(folder):
    rows, totals = [], [0, 0, 0, 0]
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".golden"):
            continue
        with open(os.path.join(folder, name), "rb") as file:
            data = file.read()
        records = store.decode(data)
        by_tflm = sum(r.judge == judges.TFLM for r in records)
        row = [len(records), by_tflm, len(records) - by_tflm, len(data)]
        totals = [a + b for a, b in zip(totals, row)]
        rows.append(line(name[: -len(".golden")], row))
    with open(os.path.join(folder, "README.md"), "w") as file:
        file.write(TEXT + "".join(rows) + line("**all**", totals))


def line(name, numbers):
    return "| %s | %s |\n" % (name, " | ".join(str(n) for n in numbers))
