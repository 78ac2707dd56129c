"""MEAN, SUM, REDUCE_MAX/MIN/PROD/ALL/ANY, ARG_MAX, ARG_MIN, CUMSUM, L2_NORMALIZATION, TOPK_V2."""

import numpy as np

from ..case import Case, family
from ..common import name_of, quant


def reduce(
    operator, t, shape, axes, keep=False, scales=(0.05, 0.05), zeros=(4, 4), label="", low=None, high=None
):
    case = Case(
        operator,
        name_of(t, "x".join(map(str, shape)), "axes" + ",".join(map(str, axes)), keep and "keep_dims", label),
    )
    x = case.input(t, shape, **quant(t, scales[0], zeros[0]))
    axis = case.dims(*axes)
    kept = sorted({a % len(shape) for a in axes})
    result = [1 if i in kept else n for i, n in enumerate(shape) if keep or i not in kept]
    y = case.output(t, result, **quant(t, scales[1], zeros[1]))
    case.op(operator, [x, axis], [y], "ReducerOptions", keepDims=keep)
    return case.run(case.random(t, shape, low, high))


LAYOUTS = (
    ((2, 3, 4, 5), (1, 2)),
    ((2, 3, 4, 5), (3,)),
    ((2, 3, 4, 5), (-1,)),
    ((2, 3, 4), (0, 2)),
    ((2, 3, 4), (-2, 0)),
    ((12,), (0,)),
    ((2, 3, 4, 5), (0, 1, 2, 3)),
    ((2, 6), (1, 1)),
    ((1, 7, 1, 3), (1,)),
    ((3, 5), (0,)),
)


def layouts(operator, types, **more):
    for t in types:
        for shape, axes in LAYOUTS:
            for keep in (False, True):
                yield reduce(operator, t, shape, axes, keep, **more)


def rescaled(operator, types):
    for t in types:
        for label, scales, zeros in (
            ("rescaled", (0.05, 0.03), (4, -7)),
            ("coarser", (0.02, 0.3), (-128, 10)),
            ("saturates", (0.1, 0.002), (0, 0)),
            ("ties", (1.0, 2.0), (0, 0)),
            ("zeros", (0.05, 0.05), (-128, 127)),
        ):
            yield reduce(operator, t, (1, 5, 7, 3), (1, 2), True, scales, zeros, label)
            yield reduce(operator, t, (4, 6), (1,), False, scales, zeros, label)


family("MEAN")(lambda: layouts("MEAN", ("float32", "int8", "int16", "uint8")))
family("MEAN")(lambda: rescaled("MEAN", ("int8", "int16", "uint8")))
family("MEAN")(lambda: (reduce("MEAN", t, (2, 3, 4), (1,)) for t in ("int32", "int64")))
family("SUM")(lambda: layouts("SUM", ("float32", "int8", "int16", "int32"), scales=(0.05, 0.6)))
family("SUM")(lambda: rescaled("SUM", ("int8", "int16", "uint8")))
for _name in ("REDUCE_MAX", "REDUCE_MIN"):
    family(_name)(lambda n=_name: layouts(n, ("float32", "int8")))
    family(_name)(
        lambda n=_name: (reduce(n, t, (2, 3, 4), (2,)) for t in ("uint8", "int16", "int32", "int64"))
    )
family("REDUCE_PROD")(lambda: layouts("REDUCE_PROD", ("float32",)))
family("REDUCE_PROD")(
    lambda: (reduce("REDUCE_PROD", t, (2, 3, 4), (2,), low=-6, high=6) for t in ("int32", "int64"))
)
family("REDUCE_PROD")(
    lambda: (
        reduce("REDUCE_PROD", t, (3, 4), (axis,), scales=(0.03, 0.2))
        for t in ("int8", "int16")
        for axis in (0, 1)
    )
)
for _name in ("REDUCE_ALL", "REDUCE_ANY"):
    family(_name)(lambda name=_name: layouts(name, ("bool",)))


def arg(operator, t, shape, axis, output="int32", ties=False, axis_type="int32"):
    case = Case(
        operator,
        name_of(
            t,
            "x".join(map(str, shape)),
            "axis%d" % axis,
            "to_" + output,
            ties and "ties",
            axis_type != "int32" and "axis_" + axis_type,
        ),
    )
    x = case.input(t, shape, **quant(t, 0.05, 4))
    axis_tensor = case.constant(axis_type, np.array(axis))
    result = [n for i, n in enumerate(shape) if i != axis % len(shape)]
    y = case.output(output, result)
    name = {"ARG_MAX": "ArgMaxOptions", "ARG_MIN": "ArgMinOptions"}[operator]
    case.op(operator, [x, axis_tensor], [y], name, outputType=2 if output == "int32" else 4)
    return case.run(case.random(t, shape, *((0, 2) if ties and t != "float32" else ())))


def args(operator):
    for t in ("float32", "int8", "uint8", "int32"):
        for shape, axis in (((2, 3, 4), 2), ((2, 3, 4), -1), ((2, 3, 4), 1), ((3, 5), 0), ((7,), 0)):
            yield arg(operator, t, shape, axis)
        yield arg(operator, t, (4, 9), 1, ties=True)
        yield arg(operator, t, (2, 9), 1, "int64")
        yield arg(operator, t, (2, 9), 1, axis_type="int64")


family("ARG_MAX")(lambda: args("ARG_MAX"))
family("ARG_MIN")(lambda: args("ARG_MIN"))


@family("CUMSUM")
def cumsum():
    for t in ("float32", "int8", "int32", "int64"):
        for shape, axis in (((2, 3, 4), 2), ((2, 3, 4), 0), ((2, 3, 4), -2), ((9,), 0)):
            for exclusive in (False, True):
                for reverse in (False, True):
                    case = Case(
                        "CUMSUM",
                        name_of(
                            t,
                            "x".join(map(str, shape)),
                            "axis%d" % axis,
                            exclusive and "exclusive",
                            reverse and "reverse",
                        ),
                    )
                    x = case.input(t, shape, **quant(t, 0.05, 4))
                    y = case.output(t, shape, **quant(t, 0.1, -9))
                    case.op(
                        "CUMSUM",
                        [x, case.scalar(axis)],
                        [y],
                        "CumsumOptions",
                        exclusive=exclusive,
                        reverse=reverse,
                    )
                    yield case.run_random()


@family("L2_NORMALIZATION")
def l2_normalization():
    for t in ("float32", "int8", "uint8"):
        out = {"int8": dict(scale=1 / 128, zero=0), "uint8": dict(scale=1 / 128, zero=128)}
        for shape in ((1, 6), (3, 5), (2, 3, 4), (1, 2, 2, 9), (2, 1)):
            for zero in (0, -20, 100) if t != "float32" else (0,):
                case = Case("L2_NORMALIZATION", name_of(t, "x".join(map(str, shape)), "zero%d" % zero))
                x = case.input(t, shape, **quant(t, 0.05, zero))
                y = case.output(t, shape, **out.get(t, {}))
                case.op("L2_NORMALIZATION", [x], [y], "L2NormOptions")
                yield case.run_random()
        case = Case("L2_NORMALIZATION", name_of(t, "row_of_zeros"))
        x = case.input(t, (2, 4), **quant(t, 0.05, 0))
        y = case.output(t, (2, 4), **out.get(t, {}))
        case.op("L2_NORMALIZATION", [x], [y], "L2NormOptions")
        data = case.random(t, (2, 4))
        data[0] = 128 if t == "uint8" else 0
        yield case.run(data)


@family("TOPK_V2")
def topk():
    for t in ("float32", "int8", "uint8", "int32", "int64"):
        for shape, k in (((9,), 3), ((2, 5), 1), ((2, 3, 4), 4)):
            for ties in (False, True):
                case = Case("TOPK_V2", name_of(t, "x".join(map(str, shape)), "k%d" % k, ties and "ties"))
                x = case.input(t, shape, **quant(t, 0.05, 4))
                numbers = quant(t, 0.05, 4)
                y = case.output(t, (*shape[:-1], k), **numbers)
                z = case.output("int32", (*shape[:-1], k))
                case.op("TOPK_V2", [x, case.scalar(k)], [y, z], "TopKV2Options")
                yield case.run(np.round(case.random(t, shape, *((0, 2) if ties else ()))))
