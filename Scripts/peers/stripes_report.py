#!/usr/bin/env python3
"""Runs .tflite files on TFLM as they are, planned, and striped by nnopt, and writes a report.

Every striped file must give the bytes of the file itself on seeded random inputs and on constant extremes. Head and
tail are what TFLM prints.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", ".."))
sys.path.insert(0, HERE)

from live import arena, mobilenet, samples, stripe_nets, table  # noqa: E402
from live.models import ModelFile  # noqa: E402

# What others publish for the same nets, with kernels and runtimes of their own (TinyTS); bytes of SRAM.
PUBLISHED = {"vww_96_int8": 29568, "pretrainedResnet_quant": 14272, "kws_ref_model": 9920}
# Limits of extra multiply-accumulates in percent, where the general one does not suit.
LIMITS = {"pretrainedResnet_quant": "15%", "mobilenet_v2_224_int8": "2%"}
# Of nets that are made for the report: they are small, and turns at their edges count for more.
NET_LIMIT = "20%"
HEADER = ("model", "stock", "overlap", "striped", "older TFLM", "cmsis-nn", "any", "tail", "more MACs", "time", "loops",
          "differing", "LiteRT", "plan", "published")
# Models whose arenas against extra work are drawn.
CURVES = ("vww_96_int8", "person_detect", "pretrainedResnet_quant", "mobilenet_v2_224_int8")


def plan(nnopt, path, *options):
    """What nnopt prints, and the CPU seconds that it takes, of all threads."""
    command = [nnopt, "plan", path, "--json", *options]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    try:
        return json.loads(done.stdout)["models"][0], seconds
    except (ValueError, KeyError, IndexError):
        raise arena.Refused("nnopt: " + (done.stderr or done.stdout).strip()[-160:]) from None


def optimize(nnopt, path, output, *options):
    if os.path.exists(output):
        os.remove(output)
    command = [nnopt, "optimize", path, "-o", output, "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True)
    try:
        return json.loads(done.stdout)
    except ValueError:
        raise arena.Refused("nnopt: " + (done.stderr or done.stdout).strip()[-160:]) from None


def extremes(model):
    """One sample of the smallest numbers, one of the largest, one of zeros."""
    def full(port, which):
        if port.dtype == np.float32:
            return np.full(port.shape, (-1, 1, 0)[which], port.dtype)
        if port.dtype == np.bool_:
            return np.full(port.shape, which == 1, port.dtype)
        limits = np.iinfo(port.dtype)
        return np.full(port.shape, (limits.min, limits.max, 0)[which], port.dtype)

    return [[full(port, which) for port in model.inputs] for which in range(3)]


def answers(path, data):
    """The outputs of every sample, as bytes, and the CPU seconds that one run takes at best: others may be at work."""
    from tflite_micro import runtime

    interpreter = runtime.Interpreter.from_file(path, arena_size=64 << 20)
    count = len(ModelFile(path).outputs)
    results, best = [], float("inf")
    for sample in data:
        for index, array in enumerate(sample):
            interpreter.set_input(array, index)
        start = time.process_time()
        interpreter.invoke()
        best = min(best, time.process_time() - start)
        results.append([interpreter.get_output(i).tobytes() for i in range(count)])
    return results, best


def litert_answers(path, data):
    """The outputs of every sample on LiteRT's reference kernels, as bytes."""
    from ai_edge_litert.interpreter import Interpreter, OpResolverType

    interpreter = Interpreter(path, experimental_op_resolver_type=OpResolverType.BUILTIN_REF)
    interpreter.allocate_tensors()
    results = []
    for sample in data:
        for port, array in zip(interpreter.get_input_details(), sample):
            interpreter.set_tensor(port["index"], array)
        interpreter.invoke()
        results.append([interpreter.get_tensor(port["index"]).tobytes() for port in interpreter.get_output_details()])
    return results


def differing(one, two):
    pairs = [(a, b) for x, y in zip(one, two) for a, b in zip(x, y)]
    return sum(int(np.count_nonzero(np.frombuffer(a, np.uint8) != np.frombuffer(b, np.uint8))) for a, b in pairs)


def litert_difference(path, striped, data):
    """Bytes that differ between two files on LiteRT, or that it takes the first for none."""
    try:
        expected = litert_answers(path, data)
    except (ValueError, RuntimeError):
        return "refuses the model"
    return differing(expected, litert_answers(striped, data))


def row(arguments, path, folder):
    name = os.path.basename(path).removesuffix(".tflite")
    limit = LIMITS.get(name, NET_LIMIT if name.startswith("net_") else arguments.limit)
    striped, older = (os.path.join(folder, prefix + name + ".tflite") for prefix in ("", "older_"))
    reference = ("--kernels", "reference")
    stripes = ("--stripes", "--max-extra-macs", limit)
    stock = arena.measure(path)
    overlap, _ = plan(arguments.nnopt, path, *reference)
    found, seconds = plan(arguments.nnopt, path, *reference, *stripes, "--output", striped)
    said = found["stripes"]
    if not said["loops"]:
        return (name, stock["head"], overlap["tflm"]["headBytes"], "none: " + said["reason"]) + ("",) * 11, 0
    if arguments.report and name in CURVES:
        picture = os.path.join(os.path.dirname(arguments.report), "stripes-%s.svg" % name)
        plan(arguments.nnopt, path, *reference, "--stripes", "--max-extra-macs", "50%", "--stripes-svg", picture)
    others = [plan(arguments.nnopt, path, "--kernels", kernels, *stripes)[0]["stripes"] for kernels in ("cmsis-nn", "any")]
    before_updates, _ = plan(arguments.nnopt, path, *reference, *stripes, "--tflm-before", "2025-11", "--output", older)
    model = ModelFile(path)
    data = samples.random_samples(model, arguments.samples) + extremes(model)
    (expected, before), (got, after) = answers(path, data), answers(striped, data)
    wrong = differing(expected, got)
    old_head = "none"
    if before_updates["stripes"]["loops"]:
        wrong += differing(expected, answers(older, data)[0])
        old_head = arena.measure(older)["head"]
    measured = arena.measure(striped)
    few = data[:3] + data[-3:]
    return (
        name, stock["head"], overlap["tflm"]["headBytes"], measured["head"], old_head,
        *(o["headBytes"] for o in others),
        measured["tail"], "%.1f %%" % (100 * said["extraPart"]), "%.2f×" % (after / before),
        ", ".join("%d × %d" % (loop["turns"], loop["rowsPerTurn"]) for loop in said["loops"]),
        "%d of %d B" % (wrong, sum(len(b) for x in expected for b in x)),
        litert_difference(path, striped, few), "%.1f s" % seconds, PUBLISHED.get(name, ""),
    ), wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", help="models, or folders of them")
    parser.add_argument("--nnopt", default=os.path.join(ROOT, ".build", "release", "nnopt"))
    parser.add_argument("--limit", default="3%", help="extra multiply-accumulates")
    parser.add_argument("--samples", type=int, default=20)
    parser.add_argument("--no-made", action="store_true", help="leave out the nets that are made for the report")
    parser.add_argument("--report")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        paths = list(arguments.paths)
        if not arguments.no_made:
            paths.append(made)
            mobilenet.write(os.path.join(made, "mobilenet_v2_224_int8.tflite"))
            stripe_nets.write(made)
        wrong = table.measure(
            paths, HEADER, lambda path, folder: [row(arguments, path, folder)], arguments.report,
            INTRODUCTION % {"limit": arguments.limit, "samples": arguments.samples, "nets": NET_LIMIT})
    if arguments.report:
        with open(arguments.report, "a", encoding="utf-8") as file:
            file.write("\nArena against extra work, limit 50 %:\n\n")
            file.writelines("![%s](stripes-%s.svg)\n" % (name, name) for name in CURVES)
    return 1 if wrong else 0


INTRODUCTION = """# Stripes

Written by `Scripts/benchmark stripes`. Bytes of TFLM's head on a 64-bit host with reference kernels: the file as it
came ("stock"), planned by `nnopt plan` ("overlap"), and with `--stripes --max-extra-macs %(limit)s` ("striped": measured
on TFLM; the limit is 15 %% for pretrainedResnet_quant, 2 %% for mobilenet_v2_224_int8, %(nets)s for nets that are made for this
report). "Older TFLM": with `--tflm-before 2025-11`, measured too. "cmsis-nn" and "any": nnopt's figures for striped plans that are
safe on these kernels, scratch included. Tail and time, against the file as it came, are the striped file's. "Differing": bytes of all
outputs on TFLM for %(samples)s random inputs and three constant ones, of both striped files; "LiteRT": bytes that differ there, of
6 inputs. "Plan": CPU seconds of `nnopt plan`, all threads. "Published": SRAM of TinyTS, with its own runtime. mobilenet_v2_224_int8 has Keras' layers and random weights
(`Scripts/peers/live/mobilenet.py`); the nets of `Scripts/peers/live/stripe_nets.py` are one for each kind of layer.

"""


if __name__ == "__main__":
    sys.exit(main())
