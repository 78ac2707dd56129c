"""Accumulators and values beside rounding ties, where the last bit of a multiplier shows.

A runtime that multiplies scales in float gives other answers here than one that does so in
double, or than one that requantizes in floating point.
"""

import numpy as np

from ..case import Case, family
from ..common import name_of

UNITS = 40
ROUNDS = range(3)


def float32(value):
    return float(np.float32(value))


def random_scale(case, low=-3, high=0):
    return float32(10.0 ** case.rng.uniform(low, high))


def beside_ties(case, multiplier, count):
    """int32 values that `multiplier` takes to within some 1e-6 of a half."""
    halves = case.rng.integers(-120, 120, count) + 0.5
    values = np.round(halves / multiplier + case.rng.integers(-40, 41, count))
    return np.clip(values, -(2**31) + 1, 2**31 - 1)


def biased(operator, t, number):
    """Inputs at the zero point, so that the accumulator is the bias."""
    case = Case(operator, name_of(t, "precision%d" % number))
    zero = 128 if t == "uint8" else 0
    kind = "uint8" if t == "uint8" else "int8"
    scale_in, scale_w = random_scale(case), random_scale(case)
    scale_out = float32(scale_in * scale_w / 10.0 ** case.rng.uniform(-7.2, -6.8))
    shapes = {
        "FULLY_CONNECTED": ((1, 1), (UNITS, 1), (1, UNITS)),
        "CONV_2D": ((1, 1, 1, 1), (UNITS, 1, 1, 1), (1, 1, 1, UNITS)),
        "DEPTHWISE_CONV_2D": ((1, 1, 1, UNITS), (1, 1, 1, UNITS), (1, 1, 1, UNITS)),
    }[operator]
    x = case.input(t, shapes[0], scale=scale_in, zero=zero)
    w = case.constant(kind, np.ones(shapes[1]), scale=scale_w, zero=zero if kind == "uint8" else 0)
    bias = beside_ties(case, scale_in * scale_w / scale_out, UNITS)
    b = case.constant("int32", bias, scale=float32(scale_in * scale_w))
    y = case.output(t, shapes[2], scale=scale_out, zero=zero)
    windows = dict(strideH=1, strideW=1, dilationHFactor=1, dilationWFactor=1, padding=1)
    options, fields = {
        "FULLY_CONNECTED": ("FullyConnectedOptions", {}),
        "CONV_2D": ("Conv2DOptions", windows),
        "DEPTHWISE_CONV_2D": ("DepthwiseConv2DOptions", dict(windows, depthMultiplier=1)),
    }[operator]
    case.op(operator, [x, w, b], [y], options, **fields)
    return case.run(np.full(shapes[0], zero))


for _name in ("FULLY_CONNECTED", "CONV_2D", "DEPTHWISE_CONV_2D"):
    family(_name)(lambda name=_name: (biased(name, t, n) for t in ("int8", "uint8") for n in ROUNDS))


@family("SVDF")
def svdf():
    for number in ROUNDS:
        case = Case("SVDF", "int8/precision%d" % number)
        state_scale, time_scale = random_scale(case, -3, -2), random_scale(case, -4, -3)
        scale_out = float32(state_scale * time_scale / 10.0 ** case.rng.uniform(-7.2, -6.8))
        x = case.input("int8", (1, 1), scale=0.05)
        feature = case.constant("int8", np.ones((UNITS, 1)), scale=0.01)
        time = case.constant("int16", np.ones((UNITS, 2)), scale=time_scale)
        bias = beside_ties(case, state_scale * time_scale / scale_out, UNITS)
        b = case.constant("int32", bias, scale=float32(state_scale * time_scale))
        state = case.tensor("int16", (1, 2 * UNITS), scale=state_scale, variable=True)
        y = case.output("int8", (1, UNITS), scale=scale_out)
        case.op("SVDF", [x, feature, time, b, state], [y], "SVDFOptions", rank=1, fusedActivationFunction=1)
        yield case.run([0])


def closest_to_ties(multiplier, count=80):
    """The int16 values that `multiplier` takes closest to a half."""
    values = np.arange(-32768, 32768)
    away = np.abs(np.abs(values * multiplier) % 1 - 0.5)
    return values[np.argsort(away, kind="stable")[:count]]


def elementwise(operator, number):
    case = Case(operator, "int16/precision%d" % number)
    scale_in = random_scale(case)
    scale_out = float32(scale_in * case.rng.uniform(0.9, 1.6))
    alpha = float32(case.rng.uniform(0.3, 0.9))
    values = closest_to_ties(scale_in / scale_out)
    if operator == "LEAKY_RELU":
        values = np.concatenate([values, closest_to_ties(scale_in * alpha / scale_out)])
    x = case.input("int16", values.shape, scale=scale_in)
    y = case.output("int16", values.shape, scale=scale_out)
    if operator == "LEAKY_RELU":
        case.op(operator, [x], [y], "LeakyReluOptions", alpha=alpha)
    else:
        case.op(operator, [x], [y])
    return case.run(values)


for _name in ("RELU", "LEAKY_RELU", "ABS", "QUANTIZE"):
    family(_name)(lambda name=_name: (elementwise(name, n) for n in ROUNDS))


@family("PRELU")
def prelu():
    for number in ROUNDS:
        case = Case("PRELU", "int16/precision%d" % number)
        scale_in, scale_slope = random_scale(case), random_scale(case, -2, -1)
        scale_out = float32(scale_in * case.rng.uniform(0.9, 1.6))
        values = closest_to_ties(scale_in / scale_out)
        x = case.input("int16", (1, 1, 1, len(values)), scale=scale_in)
        slope = case.constant("int8", case.random("int8", (1, 1, 1)), scale=scale_slope)
        y = case.output("int16", (1, 1, 1, len(values)), scale=scale_out)
        case.op("PRELU", [x, slope], [y])
        yield case.run(values)


@family("SUM")
def sums():
    for number in ROUNDS:
        case = Case("SUM", "int16/precision%d" % number)
        scale_in = random_scale(case)
        scale_out = float32(scale_in * case.rng.uniform(0.9, 1.6))
        values = closest_to_ties(scale_in / scale_out)
        x = case.input("int16", (len(values), 1), scale=scale_in)
        y = case.output("int16", (len(values),), scale=scale_out)
        case.op("SUM", [x, case.dims(1)], [y], "ReducerOptions")
        yield case.run(values)
