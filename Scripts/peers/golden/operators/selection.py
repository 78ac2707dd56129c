"""SLICE, STRIDED_SLICE, GATHER, SCATTER, WHERE, SELECT and friends."""

import numpy as np

from ..case import Case, family
from ..common import name_of, quant
from .layout import ANY, SAME, move, text


@family("SLICE")
def slices():
    for t in ANY:
        for shape, begin, size in (
            ((3, 4), (1, 0), (2, 3)),
            ((3, 4), (0, 2), (-1, 2)),
            ((2, 3, 4), (0, 1, 1), (2, -1, 3)),
            ((7,), (2,), (4,)),
            ((1, 3, 3, 2), (0, 1, 1, 0), (1, 2, 2, 2)),
            ((2, 2, 2, 2, 3), (0, 1, 0, 1, 1), (2, 1, 2, 1, 2)),
        ):
            result = [n - b if s < 0 else s for n, b, s in zip(shape, begin, size)]
            yield move(
                "SLICE",
                t,
                shape,
                result,
                "begin%s_size%s" % (text(begin), text(size)),
                "SliceOptions",
                (begin, size),
            )


STRIDED = (
    # shape, begin, end, strides, masks, numpy index
    ((4, 5), (1, 1), (3, 4), (1, 1), {}, np.s_[1:3, 1:4]),
    ((4, 5), (0, 0), (4, 5), (2, 2), {}, np.s_[::2, ::2]),
    ((4, 5), (-1, -1), (-4, -6), (-1, -2), {}, np.s_[-1:-4:-1, ::-2]),
    ((4, 5), (1, 0), (2, 0), (1, 1), dict(endMask=2, shrinkAxisMask=1), np.s_[1, :]),
    ((4, 5), (0, 2), (0, 3), (1, 1), dict(beginMask=1, endMask=1), np.s_[:, 2:3]),
    ((2, 3, 4), (0, -2, 1), (2, 3, 100), (1, 1, 2), {}, np.s_[0:2, -2:3, 1:100:2]),
    ((2, 3, 4), (0, 1, 3), (1, 2, 4), (1, 1, 1), dict(shrinkAxisMask=5), np.s_[0, 1:2, 3]),
    ((6,), (4,), (0,), (-1,), dict(endMask=1), np.s_[4::-1]),
    ((1, 4, 4, 3), (0, 0, 1, 0), (1, 4, 4, 3), (1, 2, 1, 2), {}, np.s_[:, ::2, 1:, ::2]),
    ((2, 2, 3, 2, 3), (0, 0, 1, 0, 0), (2, 2, 3, 2, 3), (1, 1, 1, 1, 2), {}, np.s_[:, :, 1:, :, ::2]),
    ((5,), (-2,), (-1,), (1,), dict(shrinkAxisMask=1), np.s_[-2]),
    ((2, 3, 4), (0, 1), (0, 3), (1, 1), dict(ellipsisMask=1), np.s_[..., 1:3]),
    ((2, 3, 4), (0, 0, 1), (1, 0, 2), (1, 1, 1), dict(ellipsisMask=2, shrinkAxisMask=1), np.s_[0, ..., 1:2]),
    ((3, 4), (0, 0, 1), (0, 2, 3), (1, 1, 1), dict(newAxisMask=1), np.s_[None, 0:2, 1:3]),
    ((3, 4), (0, 0, 1), (2, 0, 3), (1, 1, 1), dict(newAxisMask=2), np.s_[0:2, None, 1:3]),
    ((3, 4), (1, 1), (1, 2), (1, 1), dict(offset=True), np.s_[1:2, 1:3]),
)


@family("STRIDED_SLICE")
def strided_slices():
    for t in ANY:
        for number, (shape, begin, end, strides, masks, index) in enumerate(STRIDED):
            result = np.zeros(shape)[index].shape
            label = name_of("%d" % number, "_".join("%s%d" % (k, v) for k, v in masks.items()))
            yield move(
                "STRIDED_SLICE",
                t,
                shape,
                result,
                label,
                "StridedSliceOptions",
                (begin, end, strides),
                **masks
            )


def indexed(operator, t, shape, index, result, label, options=None, index_type="int32", **fields):
    """Indices as an input tensor."""
    case = Case(operator, name_of(t, text(shape), label, index_type != "int32" and index_type))
    index = np.array(index)
    x = case.input(t, shape, **quant(t, *SAME))
    i = case.input(index_type, index.shape)
    y = case.output(t, result, **quant(t, *SAME))
    case.op(operator, [x, i], [y], options, **fields)
    return case.run(case.random(t, shape), index)


@family("GATHER")
def gather():
    for t in ANY:
        for shape, index, axis in (
            ((5,), (3, 0, 4), 0),
            ((4, 3), (2, 2, 0), 0),
            ((4, 3), (1,), 1),
            ((2, 3, 4), ((0, 2), (1, 1)), -2),
            ((2, 3), 1, 1),
        ):
            result = np.take(np.zeros(shape), index, axis).shape
            yield indexed(
                "GATHER",
                t,
                shape,
                index,
                result,
                "axis%d_%s" % (axis, text(np.shape(index))),
                "GatherOptions",
                axis=axis,
            )
        yield indexed(
            "GATHER",
            t,
            (2, 3, 2),
            ((2, 0), (1, 1)),
            (2, 2, 2),
            "batch1",
            "GatherOptions",
            axis=1,
            batchDims=1,
        )
    yield indexed("GATHER", "float32", (4, 3), (3, 1), (2, 3), "axis0", "GatherOptions", "int64", axis=0)
    yield indexed("GATHER", "int8", (4, 3), (3, 1), (2, 3), "axis0", "GatherOptions", "int16", axis=0)


@family("GATHER_ND")
def gather_nd():
    for t in ANY:
        for shape, index in (
            ((3, 4), ((0, 1), (2, 3), (1, 0))),
            ((3, 4), ((2,), (0,))),
            ((2, 3, 2), (((1, 2), (0, 0)),)),
            ((2, 2, 2), ((1, 0, 1),)),
        ):
            index = np.array(index)
            result = (*index.shape[:-1], *shape[index.shape[-1] :])
            yield indexed("GATHER_ND", t, shape, index, result, "idx" + text(index.shape))
    yield indexed("GATHER_ND", "float32", (3, 4), ((0, 1), (2, 3)), (2,), "idx", None, "int64")


@family("SCATTER_ND")
def scatter_nd():
    for t in ("float32", "int8", "int32", "int64", "uint8", "bool"):
        for shape, index in (
            ((8,), ((4,), (3,), (1,))),
            ((3, 4), ((0, 1), (2, 3))),
            ((3, 4), ((2,), (0,))),
            ((5,), ((1,), (1,))),
        ):
            case = Case(
                "SCATTER_ND",
                name_of(t, text(shape), text(np.shape(index)), index[0] == index[-1] and "repeated"),
            )
            i = case.input("int32", np.shape(index))
            tail = shape[len(index[0]) :]
            u = case.input(t, (len(index), *tail), **quant(t, *SAME))
            y = case.output(t, shape, **quant(t, *SAME))
            case.op("SCATTER_ND", [i, u, case.dims(*shape)], [y], "ScatterNdOptions")
            yield case.run(np.array(index), case.random(t, u.shape))


@family("EMBEDDING_LOOKUP")
def embedding_lookup():
    for t, out in (("float32", "float32"), ("int8", "int8"), ("int8", "float32"), ("uint8", "uint8")):
        for width in (3, 8):
            case = Case("EMBEDDING_LOOKUP", name_of(t, out != t and "hybrid", "width%d" % width))
            i = case.input("int32", (4,))
            w = case.constant(t, case.random(t, (5, width)), **(quant(t, 0.02, 0)))
            y = case.output(out, (4, width), **(quant(out, 0.02, 0)))
            case.op("EMBEDDING_LOOKUP", [i, w], [y])
            yield case.run(np.array([4, 0, 2, 2]))


@family("DYNAMIC_UPDATE_SLICE")
def dynamic_update_slice():
    for t in ANY:
        for shape, update, start, kind in (
            ((4, 5), (2, 2), (1, 2), "int32"),
            ((4, 5), (2, 2), (3, 4), "int32"),
            ((4, 5), (4, 5), (0, 0), "int32"),
            ((6,), (2,), (-1,), "int32"),
            ((2, 3, 3), (1, 2, 1), (1, 0, 2), "int64"),
        ):
            case = Case(
                "DYNAMIC_UPDATE_SLICE",
                name_of(t, text(shape), text(update), "at" + text(start), kind != "int32" and kind),
            )
            x = case.input(t, shape, **quant(t, *SAME))
            u = case.input(t, update, **quant(t, *SAME))
            s = case.input(kind, (len(start),))
            y = case.output(t, shape, **quant(t, *SAME))
            case.op("DYNAMIC_UPDATE_SLICE", [x, u, s], [y])
            yield case.run(case.random(t, shape), case.random(t, update), np.array(start))


def select(operator, t, shapes, label):
    case = Case(operator, name_of(t, label))
    c = case.input("bool", shapes[0])
    a, b = (case.input(t, s, **quant(t, *SAME)) for s in shapes[1:])
    result = shapes[1] if operator == "SELECT" else np.broadcast_shapes(*shapes)
    y = case.output(t, result, **quant(t, *SAME))
    case.op(operator, [c, a, b], [y], {"SELECT": "SelectOptions", "SELECT_V2": "SelectV2Options"}[operator])
    return case.run_random()


@family("SELECT_V2")
def select_v2():
    for t in ANY:
        for label, shapes in (
            ("same", ((2, 3),) * 3),
            ("condition", ((3,), (2, 3), (2, 3))),
            ("scalars", ((2, 3), (1,), (1,))),
            ("outer", ((2, 1, 1), (1, 3, 1), (1, 1, 4))),
            ("five", ((2, 1, 2, 1, 2), (2, 1, 1, 3, 2), (1, 2, 2, 1, 1))),
        ):
            yield select("SELECT_V2", t, shapes, label)


@family("SELECT")
def select_first():
    for t in ANY:
        yield select("SELECT", t, ((2, 3),) * 3, "same")
        yield select("SELECT", t, ((2,), (2, 3), (2, 3)), "vector")


@family("WHERE")
def where():
    for t in ("bool", "float32", "int8", "int32", "int64", "uint8"):
        for shape in ((6,), (3, 4), (2, 2, 3)):
            case = Case("WHERE", name_of(t, text(shape)))
            x = case.input(t, shape)
            data = case.random(t, shape) * (case.rng.uniform(size=shape) < 0.5)
            data.flat[1] = 1
            y = case.output("int64", (int(np.count_nonzero(data)), len(shape)))
            case.op("WHERE", [x], [y], "WhereOptions")
            yield case.run(data)
