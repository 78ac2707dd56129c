"""ONE_HOT, FAKE_QUANT, RFFT2D with what reads its results, and Convolution2DTransposeBias: LiteRT alone has them."""

import struct

import numpy as np

from ..case import Case, family
from ..common import name_of


@family("ONE_HOT")
def one_hot():
    kinds = ("float32", "int32", "int64", "int8", "uint8", "bool")
    for kind in kinds:
        yield one_hot_case(kind, "int32", (2, 3), 4, -1)
    yield one_hot_case("float32", "int64", (2, 3), 4, 0)
    yield one_hot_case("int32", "int64", (2, 3), 4, 1)
    yield one_hot_case("int8", "int32", (), 5, -1)
    yield one_hot_case("int8", "int32", (3,), 1, 0)


def one_hot_case(kind, index, shape, depth, axis):
    case = Case("ONE_HOT", name_of(kind, index, "rank%d" % len(shape), "depth%d" % depth, "axis%d" % axis))
    x = case.input(index, shape)
    values = case.constant(kind, case.random(kind, ())), case.constant(kind, case.random(kind, ()))
    place = len(shape) if axis == -1 else axis
    y = case.output(kind, shape[:place] + (depth,) + shape[place:])
    case.op("ONE_HOT", [x, case.scalar(depth), *values], [y], "OneHotOptions", axis=axis)
    return case.run_random(3, -1, depth)


@family("FAKE_QUANT")
def fake_quant():
    for low, high, bits in ((-1.0, 1.0, 8), (0.0, 6.0, 8), (-3.1, 0.0, 4), (-0.3, 2.7, 16), (-2.0, 5.0, 2)):
        case = Case("FAKE_QUANT", name_of("%g" % low, "%g" % high, "bits%d" % bits))
        x = case.input("float32", (40,))
        y = case.output("float32", (40,))
        case.op("FAKE_QUANT", [x], [y], "FakeQuantOptions", min=low, max=high, numBits=bits)
        yield case.run_random(2, -8.0, 8.0)


@family("RFFT2D")
def rfft2d():
    for lead, rows, columns, height, width in (
        ((), 4, 4, 4, 4),
        ((2,), 3, 5, 4, 8),
        ((), 9, 9, 8, 8),
        ((1,), 1, 16, 1, 16),
        ((), 8, 2, 8, 2),
    ):
        name = "%dx%d/to%dx%d" % (rows, columns, height, width)
        case = Case("RFFT2D", name_of(name, lead and "lead%d" % lead[0]))
        x = case.input("float32", lead + (rows, columns))
        sizes = case.constant("int32", np.array([height, width], np.int32))
        y = case.output("complex64", lead + (height, width // 2 + 1))
        case.op("RFFT2D", [x, sizes], [y], "Rfft2dOptions")
        yield case.run_random(2)


@family("Convolution2DTransposeBias")
def transposed_with_bias():
    for padding, stride, taps, shape in (
        (1, 2, 2, (1, 3, 4, 2)),
        (2, 2, 2, (1, 3, 4, 2)),
        (1, 2, 3, (1, 3, 4, 2)),
        (2, 1, 3, (1, 4, 2, 3)),
        (1, 3, 2, (1, 2, 3, 2)),
    ):
        case = Case("Convolution2DTransposeBias", name_of("p%d" % padding, "s%d" % stride, "t%d" % taps))
        x = case.input("float32", shape)
        # Whole numbers: their sums are the same in any order.
        weights = case.constant("float32", case.random("int32", (3, taps, taps, shape[3]), -9, 9))
        bias = case.constant("float32", case.random("int32", (3,), -99, 99))

        def size(n):
            cut = max(0, taps - (n - 1) % stride - 1) if padding == 1 else 0
            return stride * (n - 1) + taps - cut

        y = case.output("float32", (shape[0], size(shape[1]), size(shape[2]), 3))
        options = struct.pack("<iii", padding, stride, stride)
        case.op("CUSTOM:Convolution2DTransposeBias", [x, weights, bias], [y], custom=options)
        yield case.run(case.random("int32", shape, -99, 99)).run(case.random("int32", shape, -9, 9))


def complex_parts(operator):
    case = Case(operator, "parts")
    x = case.input("complex64", (2, 9))
    y = case.output("float32", (2, 9))
    case.op(operator, [x], [y])
    for scale in (1.0, 1e-30, 1e25):
        pair = [case.random("float32", (2, 9)) * np.float32(scale) for _ in range(2)]
        case.run(pair[0] + np.complex64(1j) * pair[1])
    return case


@family("COMPLEX_ABS")
def complex_abs():
    yield complex_parts("COMPLEX_ABS")


@family("REAL")
def real():
    yield complex_parts("REAL")


@family("IMAG")
def imag():
    yield complex_parts("IMAG")
