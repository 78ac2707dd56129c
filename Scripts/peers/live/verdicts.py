"""What TFLM says of a model: refused, crashed, or its answers and its arena; each in a child process.

Inputs of types that no array has are left as they are, and answers are not read then.
"""

import hashlib
import os
import pickle
import select
import signal

import numpy as np
from tflite_micro import runtime

from . import arena
from .models import ModelFile
from .samples import random_array

SMALL_ARENA = 1 << 20
LARGE_ARENA = 64 << 20


class Verdict:
    """`kind` is "runs", "refused", "crashed" or "endless", which is none of them.

    `stage` is what did not succeed: "allocate" or "invoke".
    """

    def __init__(self, kind, stage="", reason="", printed=None, inputs=None, outputs=None):
        self.kind = kind
        self.stage = stage
        self.reason = reason
        self.printed = printed
        self.inputs = inputs
        self.outputs = outputs

    @property
    def runs(self):
        return self.kind == "runs"


def ask(data, seconds=60):
    """The verdict on the bytes of a model; a larger arena is tried before it is called refused."""
    verdict = attempt(data, SMALL_ARENA, seconds)
    return verdict if verdict.runs or verdict.kind == "endless" else attempt(data, LARGE_ARENA, seconds)


def attempt(data, size, seconds):
    reading, writing = os.pipe()
    log_reading, log_writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.close(log_reading)
        os.dup2(log_writing, 2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        work(data, size, writing)
        os._exit(0)
    os.close(writing)
    os.close(log_writing)
    parts, log, is_killed = collect(reading, log_reading, seconds, child)
    os.waitpid(child, 0)
    said = " / ".join(log.decode(errors="replace").strip().splitlines()[-3:])[-300:]
    steps = unpickle(parts)
    if steps and steps[-1][0] in ("refused", "unreadable"):
        kind, stage, reason = steps[-1]
        return Verdict(kind, stage, said or reason)
    if is_killed:
        return Verdict("endless", steps[-1][0] if steps else "start", "longer than %d s" % seconds)
    if not steps or steps[-1][0] != "runs":
        return Verdict("crashed", steps[-1][0] if steps else "start", said)
    _, inputs, outputs = steps[-1]
    return Verdict("runs", printed=arena.parse(log.decode(errors="replace")), inputs=inputs, outputs=outputs)


def collect(reading, log_reading, seconds, child):
    """All bytes of both pipes; the child is killed when it takes too long."""
    parts = {reading: b"", log_reading: b""}
    open_pipes = set(parts)
    is_killed = False
    while open_pipes:
        ready, _, _ = select.select(list(open_pipes), [], [], seconds)
        if not ready:
            os.kill(child, signal.SIGKILL)
            is_killed = True
            seconds = 1
        for pipe in ready:
            piece = os.read(pipe, 1 << 16)
            parts[pipe] += piece
            if not piece:
                open_pipes.discard(pipe)
                os.close(pipe)
    return parts[reading], parts[log_reading], is_killed


def unpickle(data):
    steps = []
    while data:
        size = int.from_bytes(data[:4], "little")
        if len(data) < 4 + size:
            break
        steps.append(pickle.loads(data[4 : 4 + size]))
        data = data[4 + size :]
    return steps


def work(data, size, writing):
    """Runs in the child: tells each step before it begins."""

    def tell(*step):
        message = pickle.dumps(step)
        blob = len(message).to_bytes(4, "little") + message
        while blob:
            blob = blob[os.write(writing, blob) :]

    try:
        tell("allocate")
        interpreter = runtime.Interpreter.from_bytes(data, arena_size=size)
        interpreter.print_allocations()
        tell("invoke")
        model = ModelFile(None, data)
        if model.unsupported():
            interpreter.invoke()
            return tell("runs", None, None)
        inputs = set_inputs(interpreter, data)
        interpreter.invoke()
        outputs = [interpreter.get_output(i).copy() for i in range(len(model.outputs))]
        tell("runs", inputs, outputs)
    except RuntimeError as error:
        stage = "invoke" if "invocation" in str(error) else "allocate"
        tell("refused", stage, str(error))
    except Exception as error:
        tell("unreadable", "allocate", repr(error))


def set_inputs(interpreter, data):
    """Random inputs, seeded by the model's bytes."""
    seed = int.from_bytes(hashlib.sha256(data).digest()[:8], "little")
    rng = np.random.default_rng(seed)
    arrays = []
    model = ModelFile(None, data)
    for index, port in enumerate(model.inputs):
        array = gentle_array(rng, port)
        if model.divides and array.dtype in (np.int8, np.uint8, np.int16):
            array = defined_operand(array, port, is_divisor=index > 0)
        if not port.is_constant:
            interpreter.set_input(array, index)
        arrays.append(array)
    return arrays


def defined_operand(array, port, is_divisor):
    """Operands that TFLM's integer DIV answers for: no divisor is zero, and quotients are not tiny.

    For tiny ones `RoundingDivideByPOT` shifts 32 bits by more than 31, which C++ leaves open: a host saturates.
    """
    limits = np.iinfo(array.dtype)
    distance = array.astype(int) - port.zero
    sign = np.where(distance < 0, -1, 1)
    distance = sign * (1 + np.abs(distance) % 15) if is_divisor else sign * np.maximum(np.abs(distance), 32)
    moved = port.zero + distance
    mirrored = port.zero - distance
    return np.where((moved < limits.min) | (moved > limits.max), mirrored, moved).astype(array.dtype)


def gentle_array(rng, port):
    """Random, but ones where a number may be an index, an axis or a divisor."""
    if port.dtype in (np.int32, np.int64):
        return np.ones(port.shape, port.dtype)
    return random_array(rng, port)
