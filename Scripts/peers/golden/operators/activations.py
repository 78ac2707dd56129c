"""RELU and its kin, LOGISTIC, TANH, HARD_SWISH, ELU, GELU, LEAKY_RELU, PRELU, SOFTMAX, LOG_SOFTMAX."""

import numpy as np

from ..case import Case, family
from ..common import name_of, quant

ALL = {"int8": np.arange(-128, 128), "uint8": np.arange(0, 256)}


def unary(
    operator,
    type_name,
    label="",
    input_numbers=None,
    output_numbers=None,
    data=None,
    options=None,
    shape=None,
    output_type=None,
    **fields
):
    """One input, one output of the same shape; every 8-bit value occurs."""
    case = Case(operator, name_of(type_name, label))
    if data is None and type_name in ALL and shape is None:
        data = ALL[type_name]
    shape = shape or (np.shape(data) if data is not None else (3, 41))
    x = case.input(type_name, shape, **(input_numbers or {}))
    y = case.output(output_type or type_name, shape, **(output_numbers or {}))
    case.op(operator, [x], [y], options, **fields)
    return case.run(data) if data is not None else case.run_random()


def sweep16():
    return np.concatenate([np.arange(-32768, 32768, 547), [-1, 0, 1, 127, 128, 32767]])


def edges():
    values = [0.0, -0.0, 1e-8, -1e-8, 0.5, -0.5, 1, -1, 3, -3, 5.9, 6, 6.1, 10, -10, 30, -30, 100]
    return np.array(values, np.float32)


def clamps(operator):
    yield unary(operator, "float32", "edges", data=edges())
    yield unary(operator, "float32")
    for t in ("int8", "uint8") if "_TO_" in operator else ("int8", "int16", "uint8"):
        data = sweep16() if t == "int16" else None
        same = quant(t, 0.05, -20)
        yield unary(operator, t, "same_scale", same, same, data)
        yield unary(operator, t, "rescaled", same, quant(t, 0.03, 5), data)
        yield unary(operator, t, "coarser", quant(t, 0.02, 3), quant(t, 0.11, -60), data)
        yield unary(operator, t, "ties", quant(t, 0.5, -128), quant(t, 1.0, -128), data)
        yield unary(operator, t, "zero_high", quant(t, 0.05, 127), quant(t, 0.05, 127), data)


for _name in ("RELU", "RELU6", "RELU_N1_TO_1", "RELU_0_TO_1"):
    family(_name)(lambda name=_name: clamps(name))


def squashing(operator, out8, out16):
    """LOGISTIC and TANH: the output quantization is fixed by the format."""
    yield unary(operator, "float32", "edges", data=edges())
    yield unary(operator, "float32")
    for scale in (0.001, 0.02, 0.047, 0.1, 0.3, 1.5):
        for zero in (0, -128, 30):
            yield unary(operator, "int8", "scale%g_zero%d" % (scale, zero), quant("int8", scale, zero), out8)
        shifted = dict(out8, zero=out8["zero"] + 128)
        yield unary(operator, "uint8", "scale%g" % scale, quant("uint8", scale, -9), shifted)
    for exponent in (-12, -11, -10, -13, -15, -8):
        yield unary(operator, "int16", "pot%d" % exponent, dict(scale=2.0**exponent), out16, sweep16())
    for scale in (0.0001, 0.0003, 0.001, 0.0037, 0.01):
        yield unary(operator, "int16", "scale%g" % scale, dict(scale=scale), out16, sweep16())


OUT16 = dict(scale=1 / 32768)
family("LOGISTIC")(lambda: squashing("LOGISTIC", dict(scale=1 / 256, zero=-128), OUT16))
family("TANH")(lambda: squashing("TANH", dict(scale=1 / 128, zero=0), OUT16))


@family("HARD_SWISH")
def hard_swish():
    yield unary("HARD_SWISH", "float32", "edges", data=edges())
    yield unary("HARD_SWISH", "float32")
    for t in ("int8", "uint8"):
        for label, si, so in (
            ("plain", 0.05, 0.05),
            ("fine", 0.01, 0.012),
            ("coarse", 0.2, 0.11),
            ("saturates", 0.1, 0.02),
            ("tiny", 0.002, 0.004),
        ):
            for zero in (-128, 0, 40):
                yield unary(
                    "HARD_SWISH", t, "%s_zero%d" % (label, zero), quant(t, si, zero), quant(t, so, -110)
                )


@family("ELU")
def elu():
    yield unary("ELU", "float32", "edges", data=edges())
    yield unary("ELU", "float32")
    for si, so, zero in ((0.05, 0.05, 0), (0.02, 0.03, -100), (0.1, 0.01, -90), (0.5, 0.25, 10)):
        yield unary("ELU", "int8", "scale%g_to%g" % (si, so), quant("int8", si, zero), quant("int8", so, -20))


@family("GELU")
def gelu():
    for form, approximate in (("erf", False), ("tanh", True)):
        options = dict(options="GeluOptions", approximate=approximate)
        yield unary("GELU", "float32", "%s_edges" % form, data=edges(), **options)
        # 1 + tanh(x) cancels far below 0: what is left there is each runtime's own rounding.
        data = np.linspace(-2, 6, 123).astype(np.float32) if approximate else None
        yield unary("GELU", "float32", form, data=data, **options)
        for t in ("int8", "uint8"):
            for si, so, zero in ((0.05, 0.05, 0), (0.02, 0.03, -100), (0.1, 0.01, -90), (0.5, 0.25, 10)):
                label = "%s_scale%g_to%g" % (form, si, so)
                yield unary("GELU", t, label, quant(t, si, zero), quant(t, so, -20), **options)


@family("LEAKY_RELU")
def leaky_relu():
    for alpha in (0.1, 0.3, 1.5, -0.5, 0.0):
        label = "alpha%g" % alpha
        yield unary("LEAKY_RELU", "float32", label, options="LeakyReluOptions", alpha=alpha)
        for t in ("int8", "int16", "uint8"):
            data = sweep16() if t == "int16" else None
            for si, so, zero in ((0.05, 0.05, 0), (0.05, 0.02, -30), (0.01, 0.04, 50)):
                yield unary(
                    "LEAKY_RELU",
                    t,
                    "%s_%gto%g" % (label, si, so),
                    quant(t, si, zero),
                    quant(t, so, -5),
                    data,
                    "LeakyReluOptions",
                    alpha=alpha,
                )


def prelu_case(t, shape, alpha_shape, label, alpha_scale=0.01, constant=True):
    case = Case("PRELU", name_of(t, label))
    x = case.input(t, shape, **quant(t, 0.05, 7))
    kind = "int8" if t == "int16" else t
    numbers = quant(kind, alpha_scale, -11)
    if constant:
        slope = case.constant(kind, case.random(kind, alpha_shape), **numbers)
    else:
        slope = case.input(kind, alpha_shape, **numbers)
    y = case.output(t, shape, **quant(t, 0.06, -3))
    case.op("PRELU", [x, slope], [y])
    return case.run(case.random(t, shape)) if constant else case.run_random()


@family("PRELU")
def prelu():
    for t in ("float32", "int8", "int16", "uint8"):
        yield prelu_case(t, (1, 3, 4, 5), (1, 1, 5), "channel")
        yield prelu_case(t, (1, 3, 4, 5), (3, 4, 5), "element")
        yield prelu_case(t, (2, 3, 2, 3), (1, 1, 1), "scalar")
        yield prelu_case(t, (1, 3, 4, 5), (1, 4, 1), "column")
        yield prelu_case(t, (1, 3, 4, 5), (1, 1, 5), "steep", 0.2)
        yield prelu_case(t, (1, 3, 4, 5), (1, 3, 4, 5), "same_rank")
        yield prelu_case(t, (1, 3, 4, 5), (1, 3, 4, 5), "variable", constant=False)


SOFTMAX_SHAPES = ((1, 10), (3, 5), (2, 3, 4), (1, 2, 3, 7), (9,), (4, 1))


@family("SOFTMAX")
def softmax():
    for beta in (1.0, 0.5, 3.0):
        options = dict(options="SoftmaxOptions", beta=beta)
        for shape in SOFTMAX_SHAPES:
            name = "beta%g/%s" % (beta, "x".join(map(str, shape)))
            yield unary("SOFTMAX", "float32", name, shape=shape, **options)
            for scale in (0.02, 0.1, 0.6):
                full = "%s/scale%g" % (name, scale)
                yield unary(
                    "SOFTMAX",
                    "int8",
                    full,
                    quant("int8", scale, 3),
                    dict(scale=1 / 256, zero=-128),
                    shape=shape,
                    **options
                )
            yield unary("SOFTMAX", "int16", name, dict(scale=0.0005), OUT16, shape=shape, **options)
            yield unary(
                "SOFTMAX",
                "int8",
                name + "/to_int16",
                quant("int8", 0.07, -9),
                dict(scale=1 / 65536, zero=-32768),
                shape=shape,
                output_type="int16",
                **options
            )


@family("SOFTMAX")
def softmax_details():
    more = dict(options="SoftmaxOptions", beta=1.0)
    for scale in (0.00001, 0.0001, 0.003):
        yield unary("SOFTMAX", "int16", "scale%g" % scale, dict(scale=scale), OUT16, shape=(3, 40), **more)
    yield unary(
        "SOFTMAX",
        "int8",
        "all_equal",
        quant("int8", 0.1),
        dict(scale=1 / 256, zero=-128),
        np.full((2, 6), 5),
        **more
    )
    yield unary("SOFTMAX", "uint8", "plain", quant("uint8", 0.1), dict(scale=1 / 256), shape=(3, 8), **more)
    yield unary("SOFTMAX", "float32", "large", data=edges().reshape(2, 9) * 50, **more)


@family("LOG_SOFTMAX")
def log_softmax():
    options = dict(options="LogSoftmaxOptions")
    for shape in SOFTMAX_SHAPES:
        name = "x".join(map(str, shape))
        yield unary("LOG_SOFTMAX", "float32", name, shape=shape, **options)
        for scale in (0.01, 0.1, 0.7):
            for t, zero in (("int8", 127), ("uint8", 255)):
                yield unary(
                    "LOG_SOFTMAX",
                    t,
                    "%s/scale%g" % (name, scale),
                    quant(t, scale, 4),
                    dict(scale=16 / 256, zero=zero),
                    shape=shape,
                    **options
                )
