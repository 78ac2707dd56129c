"""BATCH_MATMUL."""

import numpy as np

from ..case import Case, family
from ..common import name_of, quant
from .layout import text

SHAPES = (
    ((2, 3), (3, 4)),
    ((1, 5), (5, 1)),
    ((2, 2, 3), (2, 3, 4)),
    ((1, 2, 3), (4, 3, 2)),
    ((2, 1, 2, 3), (1, 3, 3, 2)),
    ((3, 4), (2, 4, 2)),
    ((2, 1, 1, 2, 3), (2, 2, 1, 3, 2)),
)


def swapped(shape, swap):
    return (*shape[:-2], shape[-1], shape[-2]) if swap else shape


def matmul(
    t,
    left,
    right,
    adj_x=False,
    adj_y=False,
    constant=False,
    hybrid=False,
    asymmetric=False,
    scales=(0.05, 0.03, 0.3),
    zeros=(4, -7, 2),
    label="",
):
    flags = dict(adj_x=adj_x, adj_y=adj_y, constant=constant, asymmetric=asymmetric)
    set_flags = [name for name, value in flags.items() if value]
    name = name_of(t, hybrid and "hybrid", text(left), text(right), *set_flags, label)
    case = Case("BATCH_MATMUL", name)
    result = np.matmul(np.zeros(left), np.zeros(right)).shape
    kind = "int8" if hybrid else t
    numbers = quant(kind, scales[1], 0 if hybrid else zeros[1])
    x = case.input(t, swapped(left, adj_x), **quant(t, scales[0], zeros[0]))
    if constant or hybrid:
        w = case.constant(kind, case.random(kind, swapped(right, adj_y)), **numbers)
    else:
        w = case.input(kind, swapped(right, adj_y), **numbers)
    y = case.output(t, result, **quant(t, scales[2], zeros[2]))
    case.op(
        "BATCH_MATMUL",
        [x, w],
        [y],
        "BatchMatMulOptions",
        adjX=adj_x,
        adjY=adj_y,
        asymmetricQuantizeInputs=asymmetric,
    )
    return case.run_random()


@family("BATCH_MATMUL")
def batch_matmuls():
    for t in ("float32", "int8", "int16"):
        for left, right in SHAPES:
            yield matmul(t, left, right)
        for adj_x, adj_y in ((True, False), (False, True), (True, True)):
            yield matmul(t, (2, 3), (3, 4), adj_x, adj_y)
            yield matmul(t, (2, 2, 3), (2, 3, 4), adj_x, adj_y)
        yield matmul(t, (2, 3), (3, 4), constant=True)
        yield matmul(t, (2, 3), (3, 4), adj_y=True, constant=True)
    for t in ("int8", "int16"):
        yield matmul(t, (3, 5), (5, 3), scales=(0.05, 0.03, 0.01), label="saturates")
        yield matmul(t, (3, 1), (1, 3), scales=(0.5, 0.5, 1.0), zeros=(0, 0, 0), label="ties")
        yield matmul(t, (3, 5), (5, 3), zeros=(-128, 127, -128), label="zeros")


@family("BATCH_MATMUL")
def hybrids():
    for asymmetric in (False, True):
        for left, right in SHAPES[:4]:
            yield matmul("float32", left, right, hybrid=True, asymmetric=asymmetric)
            yield matmul("float32", left, right, hybrid=True, asymmetric=asymmetric, adj_y=True)
