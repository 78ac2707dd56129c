#!/usr/bin/env python3
"""Times one inference of each model in nnopt, TFLM and LiteRT, in one run, and writes the ratios.

Usage: inference.py BENCHMARK_BINARY FOLDER... [--report FILE] [--seconds S]

All on one thread; LiteRT with its built-in kernels without XNNPACK, and with its reference kernels. A runtime that
refuses or crashes on a model leaves its cells empty. Each peer runs in a process of its own.
"""

import argparse
import csv
import io
import json
import pathlib
import subprocess
import sys

PEERS = ("tflm", "builtin", "reference")


def measure(peer, path, seconds):
    """Median milliseconds of one inference; runs inside a child process."""
    import time

    import numpy as np

    random = np.random.default_rng(1)

    def data(details):
        shape, kind = details["shape"], np.dtype(details["dtype"])
        if kind.kind in "iu":
            limits = np.iinfo(kind)
            return random.integers(limits.min, limits.max, shape, dtype=kind, endpoint=True)
        return random.uniform(-1, 1, shape).astype(kind)

    if peer == "tflm":
        from tflite_micro.python.tflite_micro import runtime

        interpreter = runtime.Interpreter.from_file(path, arena_size=64 << 20)
        for index in range(64):
            try:
                interpreter.set_input(data(interpreter.get_input_details(index)), index)
            except (IndexError, RuntimeError, ValueError):
                break
        run = interpreter.invoke
    else:
        from ai_edge_litert.interpreter import Interpreter, OpResolverType

        resolver = (
            OpResolverType.BUILTIN_REF if peer == "reference" else OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES
        )
        interpreter = Interpreter(path, num_threads=1, experimental_op_resolver_type=resolver)
        interpreter.allocate_tensors()
        for details in interpreter.get_input_details():
            interpreter.set_tensor(details["index"], data(details))
        run = interpreter.invoke
    times = []
    begin = time.perf_counter()
    while len(times) < 3 or time.perf_counter() - begin < seconds:
        start = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times)[len(times) // 2]


def peer_time(peer, path, seconds):
    """The time that a child process measures, or None where the peer cannot run the model."""
    command = [sys.executable, __file__, "--child", peer, str(path), "--seconds", str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True)
    lines = done.stdout.strip().splitlines()
    return json.loads(lines[-1]) if done.returncode == 0 and lines else None


def own_time(binary, path, seconds):
    """The time that nnopt's benchmark measures, or None where nnopt cannot run the model."""
    command = [binary, "inference", str(path), "--seconds", str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    return float(rows[0]["milliseconds"]) if done.returncode == 0 and rows else None


def table(rows):
    lines = [
        "| model | nnopt ms | TFLM ms | LiteRT built-in ms | LiteRT reference ms | TFLM / nnopt | nnopt / built-in |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for name, own, peers in rows:
        cells = [name, number(own)] + [number(peers[peer]) for peer in PEERS]
        cells += [ratio(peers["tflm"], own), ratio(own, peers["builtin"])]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def number(value):
    return "" if value is None else f"{value:.4g}"


def ratio(above, below):
    return f"{above / below:.2f}×" if above and below else ""


def document(rows):
    return f"""# Inference

Made by `Scripts/benchmark inference` (release build; median milliseconds of one inference, one thread, random inputs;
all tools measured one after the other in one run on one machine, so that only the ratios count). TFLM is the
tflite-micro wheel, LiteRT the ai-edge-litert wheel, its built-in kernels without XNNPACK, with the versions of
`Scripts/peers/requirements.txt`. Empty cells: the runtime refuses the model.

{table(rows)}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("arguments", nargs="*")
    parser.add_argument("--child")
    parser.add_argument("--seconds", type=float, default=0.5)
    parser.add_argument("--report")
    options = parser.parse_args()
    if options.child:
        print(json.dumps(measure(options.child, options.arguments[0], options.seconds)))
        return
    binary, *folders = options.arguments
    rows = []
    for path in sorted(path for folder in folders for path in pathlib.Path(folder).rglob("*.tflite")):
        own = own_time(binary, path, options.seconds)
        peers = {peer: peer_time(peer, path, options.seconds) for peer in PEERS}
        rows.append((path.stem, own, peers))
        print(path.stem, own, peers, flush=True)
    if options.report:
        pathlib.Path(options.report).write_text(document(rows))


if __name__ == "__main__":
    main()
