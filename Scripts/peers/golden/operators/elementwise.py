"""One-input arithmetic, comparisons and logic."""

import numpy as np

from ..case import Case, family
from ..common import name_of, quant
from .activations import sweep16, unary

SPECIAL = np.array(
    [
        0.0,
        -0.0,
        0.5,
        -0.5,
        1.5,
        -1.5,
        2.5,
        -2.5,
        0.49999997,
        -0.49999997,
        1e-6,
        -7.25,
        7.75,
        1000.5,
        -1000.5,
        8388609.0,
    ],
    np.float32,
)
POSITIVE = np.array([1e-6, 0.01, 0.5, 1, 2, 2.718, 10, 100.25, 12345.5], np.float32)


def plain(operator, data):
    yield unary(operator, "float32", "special", data=data)
    yield unary(operator, "float32", "cube", data=np.resize(data, (2, 3, 4)) * np.float32(0.75))


for _name in ("ABS", "CEIL", "FLOOR", "ROUND", "NEG", "SIN", "COS", "SQUARE", "SIGN"):
    family(_name)(lambda name=_name: plain(name, SPECIAL))
for _name in ("LOG", "SQRT", "RSQRT"):
    family(_name)(lambda name=_name: plain(name, POSITIVE))
family("EXP")(lambda: plain("EXP", SPECIAL[:-3]))


@family("ABS")
def absolute():
    for t in ("int8", "int16"):
        data = sweep16() if t == "int16" else None
        for si, so, zero in ((0.05, 0.05, 0), (0.05, 0.05, -30), (0.05, 0.03, 10), (0.02, 0.09, -128)):
            yield unary(
                "ABS", t, "%gto%g_zero%d" % (si, so, zero), quant(t, si, zero), quant(t, so, zero), data
            )
    yield unary("ABS", "int32")
    yield unary("ABS", "int16", "not_quantized", data=sweep16())


@family("NEG")
def negated():
    yield unary("NEG", "int32")
    yield unary("NEG", "int64")


@family("SIGN")
def sign():
    yield unary("SIGN", "int32")


@family("RSQRT")
def rsqrt():
    for si, so in ((0.05, 0.02), (0.5, 0.01), (0.01, 0.1), (1.0, 1 / 128)):
        yield unary("RSQRT", "int8", "%gto%g" % (si, so), quant("int8", si, -128), quant("int8", so, -128))


def tables(operator, low_scale):
    """The lookup-table forms that only LiteRT has."""
    for t in ("int8", "int16"):
        data = sweep16() if t == "int16" else None
        for si, so in ((low_scale, 0.05), (low_scale * 3, 0.2), (low_scale, 0.01)):
            yield unary(
                operator,
                t,
                "%gto%g" % (si, so),
                quant(t, si, -128 if operator == "LOG" else 0),
                quant(t, so, -60),
                data,
            )


family("EXP")(lambda: tables("EXP", 0.02))
family("LOG")(lambda: tables("LOG", 0.02))


def comparison(operator, t, label, shapes=((3, 4), (3, 4)), scales=(0.05, 0.05), zeros=(3, 3)):
    case = Case(operator, name_of(t, label))
    case.only_litert = t == "int16"
    for shape, scale, zero in zip(shapes, scales, zeros):
        case.input(t, shape, **quant(t, scale, zero))
    y = case.output("bool", np.broadcast_shapes(*shapes))
    names = {
        "EQUAL": "EqualOptions",
        "NOT_EQUAL": "NotEqualOptions",
        "GREATER": "GreaterOptions",
        "GREATER_EQUAL": "GreaterEqualOptions",
        "LESS": "LessOptions",
        "LESS_EQUAL": "LessEqualOptions",
    }
    case.op(operator, case.main.input_tensors, [y], names[operator])
    low, high = (-3, 3) if t != "uint8" else (120, 140)
    a = np.round(case.random(t, shapes[0], *(() if t == "bool" else (low, high))))
    b = np.round(case.random(t, shapes[1], *(() if t == "bool" else (low, high))))
    return case.run(a, b)


def comparisons(operator):
    types = ["float32", "int8", "int16", "uint8", "int32", "int64"]
    for t in types + (["bool"] if operator.endswith("EQUAL") and operator[:1] in "EN" else []):
        yield comparison(operator, t, "same")
        yield comparison(operator, t, "row", ((3, 4), (4,)))
        yield comparison(operator, t, "outer", ((2, 1, 4), (1, 3, 1)))
        yield comparison(operator, t, "scalar", ((2, 2, 3), (1,)))
    for t in ("int8", "int16", "uint8"):
        yield comparison(operator, t, "scales", ((9, 9), (9, 9)), (0.3, 0.1), (0, 0))
        yield comparison(operator, t, "zeros", ((9, 9), (9, 9)), (0.02, 0.025), (-1, 2))


for _name in ("EQUAL", "NOT_EQUAL", "GREATER", "GREATER_EQUAL", "LESS", "LESS_EQUAL"):
    family(_name)(lambda name=_name: comparisons(name))


def logic(operator):
    for label, shapes in (
        ("same", ((3, 4), (3, 4))),
        ("row", ((3, 4), (4,))),
        ("outer", ((2, 1, 4), (1, 3, 1))),
        ("scalar", ((2, 3), (1,))),
    ):
        case = Case(operator, "bool/" + label)
        for shape in shapes:
            case.input("bool", shape)
        y = case.output("bool", np.broadcast_shapes(*shapes))
        case.op(
            operator,
            case.main.input_tensors,
            [y],
            {"LOGICAL_AND": "LogicalAndOptions", "LOGICAL_OR": "LogicalOrOptions"}[operator],
        )
        yield case.run_random()


family("LOGICAL_AND")(lambda: logic("LOGICAL_AND"))
family("LOGICAL_OR")(lambda: logic("LOGICAL_OR"))


@family("LOGICAL_NOT")
def logical_not():
    yield unary("LOGICAL_NOT", "bool")
    yield unary("LOGICAL_NOT", "bool", "cube", shape=(2, 3, 4))
