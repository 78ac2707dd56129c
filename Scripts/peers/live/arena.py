"""What TFLM takes from its arena for a model: printed after a run, and the least that allocates."""

import os
import re

KINDS = {
    "total": "Arena allocation total",
    "head": "Arena allocation head",
    "tail": "Arena allocation tail",
    "evalTensors": "TfLiteEvalTensor data",
    "persistentTensors": "Persistent TfLiteTensor data",
    "quantization": "Persistent TfLiteTensor quantization data",
    "persistentBuffers": "Persistent buffer data",
    "variables": "TfLiteTensor variable buffer data",
    "nodes": "NodeAndRegistration struct",
}
ALIGNMENT = 16


class Refused(Exception):
    """TFLM does not run the model; the text says why."""


def measure(path, arena=64 << 20):
    """Bytes by the names of KINDS, printed before the first run."""
    status, text = attempt(path, arena, prints=True)
    printed = parse(text)
    if status != 0 or "total" not in printed:
        raise Refused(" / ".join(text.strip().splitlines()[-3:])[-200:])
    return printed


def allocates(path, arena):
    return attempt(path, arena, prints=False)[0] == 0


def smallest(path, printed):
    """The least multiple of 16 that allocates; `printed` is what `measure` returned."""
    high = -(-printed["total"] // ALIGNMENT) * ALIGNMENT
    step = ALIGNMENT
    while not allocates(path, high):
        high, step = high + step, 2 * step
    low = printed["tail"] // ALIGNMENT * ALIGNMENT
    while high - low > ALIGNMENT:
        middle = (low + high) // (2 * ALIGNMENT) * ALIGNMENT
        if allocates(path, middle):
            high = middle
        else:
            low = middle
    return high


def attempt(path, arena, prints):
    """Exit status and standard error of a child that allocates: too small an arena may crash it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.dup2(writing, 2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os._exit(run(path, arena, prints))
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        text = stream.read().decode(errors="replace")
    return os.waitpid(child, 0)[1], text


def run(path, arena, prints):
    from tflite_micro import runtime

    try:
        interpreter = runtime.Interpreter.from_file(path, arena_size=arena)
        if prints:
            interpreter.print_allocations()
        return 0
    except Exception as error:
        os.write(2, str(error).encode())
        return 1


def parse(text):
    found = {}
    for line in text.splitlines():
        for kind, label in KINDS.items():
            match = re.search(re.escape(label) + r"'?(?: used)? (\d+) bytes", line)
            if match:
                found[kind] = int(match.group(1))
    return found
