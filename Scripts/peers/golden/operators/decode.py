"""TFLM's DECODE: constants in tables and indices, behind masks, in Huffman codes."""

import heapq
import struct

import numpy as np

from ..case import Case, family
from ..common import name_of
from ..types import NUMPY

OPERATOR = "TFLM_DECODE"


def header(kind, *parameters):
    start = bytes([kind, 1, 0, 0, 1, *parameters])
    return start + bytes(16 - len(start))


def pack(numbers, width):
    """Bits, the highest first."""
    bits = "".join(format(n, "0%db" % width) for n in numbers)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))


def lookup(case, kind, shape, width, channels=1, axis=0):
    """Random indices into a random table of each channel."""
    stride = min(1 << width, 128)
    count = int(np.prod(shape))
    table = case.random(kind, (channels * stride,))
    indices = case.rng.integers(0, stride, count)
    return pack([int(i) for i in indices], width), header(0, width, stride) + table.tobytes()


def masked(case, kind, shape, zeros):
    """Random numbers, and so many percent zero points."""
    count = int(np.prod(shape))
    kept = case.rng.integers(0, 100, count) >= zeros
    values = case.random(kind, (int(kept.sum()),))
    return pack([int(k) for k in kept], 1), header(2) + values.tobytes()


def tree(numbers):
    """A Huffman tree as nested pairs."""
    symbols, counts = np.unique(numbers, return_counts=True)
    heap = [(int(c), i, int(s)) for i, (s, c) in enumerate(zip(symbols, counts))]
    heapq.heapify(heap)
    number = len(heap)
    while len(heap) > 1:
        one, two = heapq.heappop(heap), heapq.heappop(heap)
        heapq.heappush(heap, (one[0] + two[0], number, (one[2], two[2])))
        number += 1
    return heap[0][2]


def words(node, prefix=""):
    if isinstance(node, int):
        return {node: prefix or "0"}
    return {**words(node[0], prefix + "0"), **words(node[1], prefix + "1")}


def below(node, bits):
    """What each of the next bits leads to, with the bits that it took."""
    if isinstance(node, int) or bits == 0:
        return [(node, 0)] * (1 << bits)
    return [(n, used + 1) for side in node for n, used in below(side, bits - 1)]


def tables(root, first, later, wide):
    """The tables of a decoder: the first of so many bits, and all others."""
    shift, mask = (27, (1 << 27) - 1) if wide else (11, 0xFF)
    entries, waiting = [0] * (1 << first), [(root, 0, first)]
    while waiting:
        node, start, bits = waiting.pop(0)
        for index, (child, used) in enumerate(below(node, bits)):
            if isinstance(child, int):
                entries[start + index] = 1 << (shift + 4) | max(used, 1) << shift | child & mask
            else:
                entries[start + index] = (later - 1) << shift | (len(entries) - start - index)
                waiting.append((child, len(entries), later))
                entries += [0] * (1 << later)
    return struct.pack("<%d%s" % (len(entries), "I" if wide else "H"), *entries)


def huffman(case, kind, shape, spread, first, later, wide):
    numbers = np.round(case.rng.normal(0, spread, int(np.prod(shape)))).clip(-128, 127).astype(NUMPY[kind])
    root = tree(numbers)
    code = words(root)
    bits = "".join(code[int(n)] for n in numbers)
    bits += "0" * (-len(bits) % 32) + "0" * 32
    encoded = bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))
    return encoded, header(1, (first - 1) << 4 | wide) + tables(root, first, later, wide)


def decode(case, kind, shape, encoded, ancillary, scale=None, zero=0, axis=0):
    case.input("int8", (4,))
    operands = [case.constant("uint8", np.frombuffer(b, np.uint8)) for b in (encoded, ancillary)]
    case.op("CUSTOM:" + OPERATOR, operands, [case.output(kind, shape, scale, zero, axis=axis)])
    return case.run_random(1)


@family(OPERATOR)
def looked_up():
    for width in range(1, 8):
        for channels, axis in ((0, 0), (4, 0), (4, 1)):
            shape = (4, 45) if axis == 0 else (45, 4)
            case = Case(OPERATOR, name_of("lookup", "w%d" % width, channels and "axis%d" % axis))
            scale = [0.5, 1.0, 2.0, 4.0] if channels else None
            coded = lookup(case, "int8", shape, width, max(channels, 1))
            yield decode(case, "int8", shape, *coded, scale=scale, axis=axis)
    for kind in ("int16", "int32", "int64", "float32", "bool"):
        case = Case(OPERATOR, name_of("lookup", kind))
        yield decode(case, kind, (3, 7), *lookup(case, kind, (3, 7), 3))


@family(OPERATOR)
def behind_masks():
    for zeros in (0, 40, 95, 100):
        for scale, zero, axis in ((None, 0, 0), (0.5, -7, 0), ([0.5, 1.0, 2.0], 5, 0), ([0.5, 1.0, 2.0], -3, 1)):
            channels = len(scale) if isinstance(scale, list) else 0
            case = Case(OPERATOR, name_of("mask", "%d" % zeros, scale and "zp%d" % zero, channels and "axis%d" % axis))
            shape = (3, 29) if axis == 0 else (29, 3)
            yield decode(case, "int8", shape, *masked(case, "int8", shape, zeros), scale=scale, zero=zero, axis=axis)
    for kind in ("int16", "int32", "int64", "float32", "bool"):
        case = Case(OPERATOR, name_of("mask", kind))
        yield decode(case, kind, (5, 5), *masked(case, kind, (5, 5), 60))


@family(OPERATOR)
def huffman_codes():
    for kind, wide in (("int8", 0), ("int8", 1), ("int16", 1)):
        for spread, first, later in ((0.4, 1, 1), (3, 3, 2), (3, 6, 1), (20, 4, 3), (40, 8, 4)):
            case = Case(OPERATOR, name_of("huffman", kind, wide and "wide", "s%s" % spread, "t%d" % first, "u%d" % later))
            yield decode(case, kind, (20, 31), *huffman(case, kind, (20, 31), spread, first, later, wide))


@family(OPERATOR)
def several_at_once():
    case = Case(OPERATOR, "three")
    case.input("int8", (4,))
    coded = [
        (lookup(case, "int8", (30,), 4), "int8"), (masked(case, "int16", (30,), 50), "int16"),
        (huffman(case, "int8", (30,), 5, 3, 2, 0), "int8"),
    ]
    operands = [case.constant("uint8", np.frombuffer(b, np.uint8)) for pair, _ in coded for b in pair]
    case.op("CUSTOM:" + OPERATOR, operands, [case.output(kind, (30,)) for _, kind in coded])
    yield case.run_random(1)
