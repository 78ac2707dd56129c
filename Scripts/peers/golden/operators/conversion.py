"""CAST, QUANTIZE, DEQUANTIZE."""

import numpy as np

from ..case import Case, family
from ..common import name_of, quant
from .activations import ALL, sweep16, unary

CASTABLE = ("float32", "int8", "int16", "int32", "int64", "uint8", "bool", "uint32", "float16")


@family("CAST")
def cast():
    for source in CASTABLE:
        for target in CASTABLE:
            if source == target:
                continue
            case = Case("CAST", "%s_to_%s" % (source, target))
            case.input(source, (2, 5))
            y = case.output(target, (2, 5))
            case.op("CAST", case.main.input_tensors, [y], "CastOptions")
            unsigned = target.startswith("u") or source.startswith("u")
            low, high = (0, 100) if unsigned else (-100, 100)
            data = case.random(source, (2, 5), *(() if source == "bool" else (low, high)))
            data[0, 0] = 0
            yield case.run(data)


def float_edges(scale):
    """Values on and beside the ties, and beyond both ends."""
    steps = np.array(
        [
            -300,
            -129,
            -128.5,
            -127.5,
            -2.5,
            -1.5,
            -0.5,
            -0.49,
            0,
            0.49,
            0.5,
            0.51,
            1.5,
            2.5,
            126.5,
            127,
            127.5,
            128,
            300,
            40000,
            -40000,
        ],
        np.float32,
    )
    return steps * np.float32(scale)


NO_RUNTIME = (("int16", "uint8"), ("uint8", "int32"), ("int32", "uint8"), ("int32", "int32"))


@family("QUANTIZE")
def quantize():
    for t in ("int8", "int16", "uint8"):
        for scale, zero in ((0.5, 0), (0.25, -7), (0.013, 30), (0.1, -128)):
            yield unary(
                "QUANTIZE",
                "float32",
                name_of("to_" + t, "scale%g_zero%d" % (scale, zero)),
                None,
                quant(t, scale, zero),
                float_edges(scale),
                output_type=t,
            )
    kinds = ("int8", "int16", "uint8", "int32")
    for source in kinds:
        for target in kinds:
            if (source, target) in NO_RUNTIME:
                continue
            for label, si, so, zi, zo in (
                ("same", 0.1, 0.1, 3, 3),
                ("finer", 0.1, 0.03, -5, 9),
                ("coarser", 0.1, 0.7, 20, -128),
                ("ties", 0.5, 1.0, 0, 0),
                ("shifted", 0.1, 0.1, 0, 0),
                ("double", 1.0, 0.5, 2, -2),
            ):
                yield requantize(source, target, label, si, so, zi, zo)


def requantize(source, target, label, si, so, zi, zo):
    data = {
        "int8": ALL["int8"],
        "uint8": ALL["uint8"],
        "int16": sweep16(),
        "int32": np.arange(-70000, 70000, 1999),
    }[source]
    numbers = [
        quant(t, s, z) if t != "int32" else dict(scale=s / 300)
        for t, s, z in ((source, si, zi), (target, so, zo))
    ]
    return unary("QUANTIZE", source, name_of("to_" + target, label), *numbers, data[::3], output_type=target)


@family("DEQUANTIZE")
def dequantize():
    for t in ("int8", "int16", "uint8"):
        data = (sweep16() if t == "int16" else ALL[t])[::2]
        for scale, zero in ((0.1, 0), (0.0078125, -128), (0.3333333, 40), (1e-5, 7)):
            yield unary(
                "DEQUANTIZE",
                t,
                "scale%g_zero%d" % (scale, zero),
                quant(t, scale, zero),
                None,
                data,
                output_type="float32",
            )
    halves = np.array([0, -0.0, 1, -1, 0.1, 65504, -65504, 6e-8, 1e-4, 3.14159, 1024.5, 0.333])
    yield unary("DEQUANTIZE", "float16", "input", data=halves, output_type="float32")
    yield constant("float16", "constant", halves)
    yield constant("int4", "constant", np.arange(-7, 8), scale=0.25, zero=0)
    yield constant("int8", "constant", np.arange(-20, 20), scale=0.1, zero=3)


def constant(t, label, data, **numbers):
    """A constant through DEQUANTIZE, added to an input so that the operator runs."""
    case = Case("DEQUANTIZE", name_of(t, label))
    x = case.input("float32", data.shape)
    w = case.constant(t, data, **numbers)
    middle = case.tensor("float32", data.shape)
    y = case.output("float32", data.shape)
    case.op("DEQUANTIZE", [w], [middle], "DequantizeOptions")
    case.op("ADD", [x, middle], [y], "AddOptions")
    return case.run_random()


def weights_case(label, build):
    case = Case("DEQUANTIZE", "float16/" + label)
    build(case)
    return case.run_random()


@family("DEQUANTIZE")
def float16_weights():
    """Float models whose weights are stored as float16."""

    def dense(case):
        x = case.input("float32", (2, 5))
        half = case.constant("float16", case.random("float16", (3, 5)))
        half_bias = case.constant("float16", case.random("float16", (3,)))
        w, b = case.tensor("float32", (3, 5)), case.tensor("float32", (3,))
        y = case.output("float32", (2, 3))
        case.op("DEQUANTIZE", [half], [w], "DequantizeOptions")
        case.op("DEQUANTIZE", [half_bias], [b], "DequantizeOptions")
        case.op("FULLY_CONNECTED", [x, w, b], [y], "FullyConnectedOptions")

    def conv(case):
        x = case.input("float32", (1, 4, 4, 2))
        half = case.constant("float16", case.random("float16", (3, 2, 2, 2)))
        bias = case.constant("float32", case.random("float32", (3,)))
        w = case.tensor("float32", (3, 2, 2, 2))
        y = case.output("float32", (1, 3, 3, 3))
        case.op("DEQUANTIZE", [half], [w], "DequantizeOptions")
        case.op(
            "CONV_2D",
            [x, w, bias],
            [y],
            "Conv2DOptions",
            padding=1,
            strideH=1,
            strideW=1,
            dilationHFactor=1,
            dilationWFactor=1,
        )

    yield weights_case("fully_connected", dense)
    yield weights_case("conv_2d", conv)
