"""CONCATENATION, PACK, UNPACK, SPLIT, SPLIT_V."""

import numpy as np

from ..case import Case, family
from ..common import name_of, quant
from .layout import ANY, SAME, text


def joined(operator, t, shapes, axis, options, activation=0, label="", numbers=None, out=None):
    case = Case(operator, name_of(t, "n%d" % len(shapes), text(shapes[0]), "axis%d" % axis, label))
    numbers = numbers or [SAME] * len(shapes)
    tensors = [case.input(t, s, **quant(t, *n)) for s, n in zip(shapes, numbers)]
    zeros = [np.zeros(s) for s in shapes]
    if operator == "PACK":
        result, fields = np.stack(zeros, axis).shape, dict(valuesCount=len(shapes), axis=axis)
    else:
        result = np.concatenate(zeros, axis).shape
        fields = dict(axis=axis, fusedActivationFunction=activation)
    y = case.output(t, result, **quant(t, *(out or SAME)))
    case.op(operator, tensors, [y], options, **fields)
    return case.run_random()


@family("CONCATENATION")
def concatenation():
    for t in ANY:
        for shapes, axis in (
            (((2, 3), (2, 2)), 1),
            (((1, 3), (2, 3), (4, 3)), 0),
            (((2, 3, 2), (2, 1, 2)), -2),
            (((1, 2, 2, 3), (1, 2, 2, 1)), 3),
            (((5,), (1,), (2,), (3,)), 0),
            (((2, 1, 1, 2, 3), (2, 1, 1, 2, 1)), 4),
        ):
            yield joined("CONCATENATION", t, shapes, axis, "ConcatenationOptions")
    yield joined(
        "CONCATENATION",
        "uint8",
        ((2, 3), (2, 3)),
        1,
        "ConcatenationOptions",
        label="scales",
        numbers=((0.05, 3), (0.1, -7)),
        out=(0.1, 0),
    )


@family("PACK")
def pack():
    for t in ANY[:-1]:
        for shapes, axis in (
            (((2, 3),) * 2, 0),
            (((2, 3),) * 3, 1),
            (((2, 3),) * 2, -1),
            (((4,),) * 2, 1),
            (((2, 2, 2),) * 2, 2),
        ):
            yield joined("PACK", t, shapes, axis, "PackOptions")


def several(operator, t, shape, results, label, extra, options, **fields):
    """One input to several outputs; `extra` says where the constants stand."""
    case = Case(operator, name_of(t, text(shape), label))
    x = case.input(t, shape, **quant(t, *SAME))
    inputs = [x if v is None else case.constant("int32", np.array(v, np.int32)) for v in extra]
    outputs = [case.output(t, r, **quant(t, *SAME)) for r in results]
    case.op(operator, inputs, outputs, options, **fields)
    return case.run_random()


@family("UNPACK")
def unpack():
    for t in ("float32", "int8", "int16", "uint8", "int32", "bool"):
        for shape, axis in (((2, 3), 0), ((2, 3), 1), ((2, 3, 2), -2), ((3,), 0)):
            rest = [n for i, n in enumerate(shape) if i != axis % len(shape)]
            yield several(
                "UNPACK",
                t,
                shape,
                [rest] * shape[axis],
                "axis%d" % axis,
                (None,),
                "UnpackOptions",
                num=shape[axis],
                axis=axis,
            )


@family("SPLIT")
def split():
    for t in ANY[:-1]:
        for shape, axis, count in (((4, 3), 0, 2), ((2, 6), 1, 3), ((1, 2, 4), -1, 2), ((6,), 0, 6)):
            parts = [p.shape for p in np.split(np.zeros(shape), count, axis)]
            yield several(
                "SPLIT",
                t,
                shape,
                parts,
                "axis%d_n%d" % (axis, count),
                (axis, None),
                "SplitOptions",
                numSplits=count,
            )


@family("SPLIT_V")
def split_v():
    for t in ANY[:-1]:
        for shape, axis, sizes in (
            ((5, 3), 0, (2, 3)),
            ((2, 6), 1, (1, 2, 3)),
            ((1, 2, 4), -1, (3, 1)),
            ((6,), 0, (6,)),
        ):
            parts = [p.shape for p in np.split(np.zeros(shape), np.cumsum(sizes)[:-1], axis)]
            yield several(
                "SPLIT_V",
                t,
                shape,
                parts,
                "axis%d_sizes%s" % (axis, text(sizes)),
                (None, sizes, axis),
                "SplitVOptions",
                numSplits=len(sizes),
            )
        yield several(
            "SPLIT_V",
            t,
            (5, 2),
            [(2, 2), (3, 2)],
            "minus_one",
            (None, (2, -1), 0),
            "SplitVOptions",
            numSplits=2,
        )
