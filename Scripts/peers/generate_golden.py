#!/usr/bin/env python3
"""Writes the golden vectors: single-operator models and what TFLM or LiteRT answers to them.

Usage: generate_golden.py [--output DIR] [--only OPERATOR ...] [--log FILE]
"""

import argparse
import importlib
import os
import pkgutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

from golden import judging, operators, readme, store  # noqa: E402
from golden.case import FAMILIES  # noqa: E402

DEFAULT_OUTPUT = os.path.normpath(os.path.join(HERE, "..", "..", "Tests", "Golden"))


def load_families():
    for module in pkgutil.iter_modules(operators.__path__):
        importlib.import_module("golden.operators." + module.name)


def generate(operator, bench, log):
    """All records of one operator; what no runtime takes is only logged."""
    records, names = [], set()
    for make in FAMILIES[operator]:
        for case in make():
            if case.name in names:
                raise ValueError("two cases are named " + case.name)
            names.add(case.name)
            record = bench.judge(case, log)
            if record is not None:
                records.append(record)
    return records


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", default=DEFAULT_OUTPUT)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--log", default=os.devnull, help="dropped cases and differences")
    arguments = parser.parse_args()
    load_families()
    os.makedirs(arguments.output, exist_ok=True)
    bench = judging.Bench()
    with open(arguments.log, "w") as log:
        for operator in sorted(arguments.only or FAMILIES):
            records = generate(operator, bench, log)
            path = os.path.join(arguments.output, operator + ".golden")
            data = store.encode(records)
            with open(path, "wb") as file:
                file.write(data)
            print(
                "%-30s %4d cases %8d bytes  %s" % (operator, len(records), len(data), bench.summary()),
                flush=True,
            )
    bench.close()
    readme.write(arguments.output)


if __name__ == "__main__":
    main()
