"""Operators that only arrange elements: reshape, transpose, repeat, fill."""

import numpy as np

from ..case import Case, family
from ..common import name_of, quant

ANY = ("float32", "int8", "int16", "uint8", "int32", "int64", "bool")
SAME = (0.05, 3)


def text(shape):
    return "x".join(map(str, shape)) or "scalar"


def move(operator, t, shape, result, label, options=None, extra=(), **fields):
    """One data input, constant vectors `extra`, one output of shape `result`."""
    case = Case(operator, name_of(t, text(shape), label))
    x = case.input(t, shape, **quant(t, *SAME))
    constants = [case.constant("int32", np.array(v, np.int32)) for v in extra]
    y = case.output(t, result, **quant(t, *SAME))
    case.op(operator, [x, *constants], [y], options, **fields)
    return case.run_random()


@family("RESHAPE")
def reshape():
    for t in ANY:
        for shape, result in (
            ((2, 3, 4), (6, 4)),
            ((2, 6), (2, 2, 3)),
            ((4,), (1, 4, 1, 1)),
            ((2, 1, 3), (6,)),
        ):
            yield move(
                "RESHAPE",
                t,
                shape,
                result,
                "to_" + text(result),
                "ReshapeOptions",
                (result,),
                newShape=list(result),
            )
        yield move(
            "RESHAPE", t, (2, 3, 4), (6, 4), "minus_one", "ReshapeOptions", ((-1, 4),), newShape=[-1, 4]
        )
        yield move("RESHAPE", t, (2, 3, 4), (4, 6), "options_only", "ReshapeOptions", newShape=[4, 6])
        yield move("RESHAPE", t, (1, 1), (), "to_scalar", "ReshapeOptions", (np.zeros(0, np.int32),))


@family("SQUEEZE")
def squeeze():
    for t in ANY:
        for dims, result in (([], (2, 3)), ([0], (2, 1, 3)), ([-2], (1, 2, 3)), ([0, 2], (2, 3))):
            yield move(
                "SQUEEZE",
                t,
                (1, 2, 1, 3),
                result,
                "dims" + ",".join(map(str, dims)),
                "SqueezeOptions",
                squeezeDims=dims,
            )


@family("EXPAND_DIMS")
def expand_dims():
    for t in ANY:
        for axis in (0, 1, -1, 2):
            shape = np.expand_dims(np.zeros((2, 3)), axis).shape
            yield move("EXPAND_DIMS", t, (2, 3), shape, "axis%d" % axis, "ExpandDimsOptions", ([axis],))


@family("TRANSPOSE")
def transpose():
    for t in ANY:
        for shape, order in (
            ((2, 3), (1, 0)),
            ((2, 3, 4), (2, 0, 1)),
            ((2, 3, 4, 2), (0, 3, 1, 2)),
            ((2, 3, 4, 2), (3, 2, 1, 0)),
            ((2, 1, 3, 2, 2), (4, 2, 0, 1, 3)),
            ((2, 1, 3, 2, 2, 2), (5, 3, 1, 0, 4, 2)),
            ((2, 3), (0, 1)),
        ):
            result = [shape[i] for i in order]
            yield move(
                "TRANSPOSE", t, shape, result, "perm" + "".join(map(str, order)), "TransposeOptions", (order,)
            )


@family("REVERSE_V2")
def reverse():
    for t in ANY:
        for shape, axes in (
            ((5,), (0,)),
            ((2, 3, 4), (1,)),
            ((2, 3, 4), (2,)),
            ((2, 3, 4), (0, 1)),
            ((2, 3, 2), (-1,)),
        ):
            yield move(
                "REVERSE_V2", t, shape, shape, "axes" + ",".join(map(str, axes)), "ReverseV2Options", (axes,)
            )


@family("TILE")
def tile():
    for t in ANY:
        for shape, times in (
            ((3,), (2,)),
            ((2, 3), (1, 2)),
            ((2, 1, 3), (2, 3, 1)),
            ((1, 2, 2, 1), (3, 1, 2, 2)),
        ):
            result = [a * b for a, b in zip(shape, times)]
            yield move("TILE", t, shape, result, "times" + text(times), "TileOptions", (times,))


@family("BROADCAST_TO")
def broadcast_to():
    for t in ANY:
        for shape, result in (
            ((3,), (2, 3)),
            ((2, 1, 3), (2, 4, 3)),
            ((1,), (2, 2)),
            ((2, 1, 1, 2, 1), (2, 3, 1, 2, 2)),
        ):
            yield move(
                "BROADCAST_TO", t, shape, result, "to_" + text(result), "BroadcastToOptions", (result,)
            )


@family("BROADCAST_ARGS")
def broadcast_args():
    for t in ("int32", "int64"):
        for a, b in (((2, 1, 3), (4, 3)), ((1,), (2, 3)), ((3, 1), (1, 5)), ((2, 2), (2, 2))):
            case = Case("BROADCAST_ARGS", name_of(t, text(a), text(b)))
            x, z = case.input(t, (len(a),)), case.input(t, (len(b),))
            y = case.output(t, (max(len(a), len(b)),))
            case.op("BROADCAST_ARGS", [x, z], [y])
            yield case.run(np.array(a), np.array(b))


@family("SHAPE")
def shape_of():
    for t in ANY:
        for shape in ((2, 3, 4), (5,), (1, 2, 1, 3)):
            case = Case("SHAPE", name_of(t, text(shape)))
            x = case.input(t, shape)
            y = case.output("int32", (len(shape),))
            case.op("SHAPE", [x], [y], "ShapeOptions", outType=2)
            yield case.run_random()


@family("RANK")
def rank_of():
    for t in ANY:
        for shape in ((2, 3, 4), (5,), (1, 2, 1, 3)):
            case = Case("RANK", name_of(t, text(shape)))
            x = case.input(t, shape)
            y = case.output("int32", ())
            case.op("RANK", [x], [y], "RankOptions")
            yield case.run_random()


@family("FILL")
def fill():
    for t in ("float32", "int8", "int16", "int32", "int64", "bool"):
        for shape in ((2, 3), (5,), (1, 2, 2)):
            case = Case("FILL", name_of(t, text(shape)))
            dims = case.dims(*shape)
            value = case.input(t, (), **quant(t, *SAME))
            y = case.output(t, shape, **quant(t, *SAME))
            case.op("FILL", [dims, value], [y], "FillOptions")
            yield case.run_random()


@family("ZEROS_LIKE")
def zeros_like():
    for t in ("float32", "int8", "int32", "int64"):
        for shape in ((2, 3), (5,)):
            yield move("ZEROS_LIKE", t, shape, shape, "", "ZerosLikeOptions")
