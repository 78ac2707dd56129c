#!/usr/bin/env python3
"""Compares nnopt's offsets with those of OR-Tools CP-SAT on small generated models.

Chains, residual nets and branches of 4 to 40 operators, in file order; an output may start
over an input that dies with its operator. Needs `pip install ortools`, which neither the
build nor the tests do.

Usage: check_placement.py NNOPT [--models 500] [--seed 1] [--budget NODES]
"""

import argparse
import collections
import json
import os
import random
import subprocess
import sys
import tempfile

from ortools.sat.python import cp_model

ALIGNMENT = 16

Buffer = collections.namedtuple("Buffer", "size lower upper over")


def generated(rng):
    """The buffers of a model: `over` maps a buffer to a least distance, or None for equal addresses."""
    kind = rng.choice(["chain", "residual", "branches"])
    steps = rng.randint(4, 40)
    reads = []
    for step in range(steps):
        read = {step}
        if kind == "residual" and step >= 3 and step % 3 == 2:
            read.add(step - 2)
        if kind == "branches":
            read = {rng.randint(max(0, step - 4), step)}
            if rng.random() < 0.4:
                read.add(rng.randint(max(0, step - 6), step))
        reads.append(read)
    sizes = [ALIGNMENT * rng.randint(1, 400) for _ in range(steps + 1)]
    for step in range(steps):
        if rng.random() < 0.4:
            sizes[step + 1] = sizes[min(reads[step])]
    last = [max([s for s in range(steps) if i in reads[s]], default=steps - 1) for i in range(steps + 1)]
    buffers = []
    for i in range(steps + 1):
        over = {}
        for j in reads[i - 1] if i else ():
            if last[j] != i - 1 or rng.random() < 0.25:
                continue
            same = sizes[i] == sizes[j]
            over[j] = None if same and rng.random() < 0.5 else ALIGNMENT * rng.randint(0, sizes[i] // 32)
        buffers.append(Buffer(sizes[i], max(i - 1, 0), last[i] + 1, over))
    return kind, buffers


def optimum(buffers, seconds):
    """The least end of all buffers, or None where it is not proved in time."""
    model = cp_model.CpModel()
    top = sum(b.size for b in buffers) // ALIGNMENT
    sizes = [b.size // ALIGNMENT for b in buffers]
    starts = [model.new_int_var(0, top, "") for _ in buffers]
    end = model.new_int_var(max(sizes), top, "")
    for start, size in zip(starts, sizes):
        model.add(start + size <= end)
    for i, one in enumerate(buffers):
        for j in range(i):
            two = buffers[j]
            if one.lower >= two.upper or two.lower >= one.upper:
                continue
            below, above = sizes[i], sizes[j]
            ways = [model.new_bool_var("") for _ in range(2)]
            for first, second in ((i, j), (j, i)):
                if second not in buffers[first].over:
                    continue
                distance = buffers[first].over[second]
                if distance is None:
                    ways.append(model.new_bool_var(""))
                    model.add(starts[i] == starts[j]).only_enforce_if(ways[-1])
                elif first == i:
                    below = min(below, distance // ALIGNMENT)
                else:
                    above = min(above, distance // ALIGNMENT)
            model.add(starts[j] - starts[i] >= below).only_enforce_if(ways[0])
            model.add(starts[i] - starts[j] >= above).only_enforce_if(ways[1])
            model.add_bool_or(ways)
    model.minimize(end)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = seconds
    if solver.solve(model) != cp_model.OPTIMAL:
        return None
    return round(solver.objective_value) * ALIGNMENT


def planned(nnopt, buffers, budget, folder):
    """What nnopt takes, and what it proves."""
    path = os.path.join(folder, "buffers.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("id,lower,upper,size,alignment,over\n")
        for i, b in enumerate(buffers):
            over = " ".join("t%d:%s" % (j, "=" if d is None else d) for j, d in b.over.items())
            file.write("t%d,%d,%d,%d,%d,%s\n" % (i, b.lower, b.upper, b.size, ALIGNMENT, over))
    command = nnopt + ["place", path, "--json"] + (["--budget", str(budget)] if budget else [])
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    answer = json.loads(done.stdout)
    return answer["arenaBytes"], answer["lowerBoundBytes"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("nnopt")
    parser.add_argument("--models", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--budget", type=int)
    parser.add_argument("--seconds", type=float, default=20, help="for CP-SAT, on each model")
    options = parser.parse_args()
    counts = collections.defaultdict(lambda: [0, 0, 0, 0, 0])
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.models):
            kind, buffers = generated(random.Random(options.seed * 1_000_003 + number))
            arena, bound = planned(options.nnopt.split(), buffers, options.budget, folder)
            exact = optimum(buffers, options.seconds)
            row = counts[kind]
            row[0] += 1
            row[1] += arena == bound
            row[2] += exact is not None
            row[3] += exact is not None and arena > exact
            row[4] += exact is not None and (arena < exact or bound > exact)
            if exact is None or arena != exact or bound > exact or arena != bound:
                print("%s %d: nnopt %d (bound %d), CP-SAT %s" % (kind, number, arena, bound, exact), file=sys.stderr)
    print("| kind | models | nnopt proved | CP-SAT proved | nnopt above | contradictions |\n|---|--:|--:|--:|--:|--:|")
    for kind in sorted(counts):
        print("| %s | %s |" % (kind, " | ".join(map(str, counts[kind]))))
    return int(any(row[3] or row[4] for row in counts.values()))


if __name__ == "__main__":
    sys.exit(main())
