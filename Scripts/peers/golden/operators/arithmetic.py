"""ADD, SUB, MUL, DIV, SQUARED_DIFFERENCE, MAXIMUM, MINIMUM, FLOOR_DIV, FLOOR_MOD, POW, ADD_N."""

import numpy as np

from ..case import Case, family
from ..common import ACTIVATIONS, name_of, quant

SHAPES = {
    "same": ((2, 3, 4), (2, 3, 4)),
    "scalar": ((2, 3, 4), (1,)),
    "scalar_first": ((1,), (2, 3, 4)),
    "row": ((2, 3, 4), (4,)),
    "column": ((1, 2, 3, 4), (1, 2, 3, 1)),
    "outer": ((3, 1, 4), (1, 5, 1)),
    "middle": ((2, 3, 2, 4), (1, 3, 1, 1)),
    "five_dims": ((2, 1, 3, 1, 2), (1, 2, 3, 2, 2)),
    "signs": ((16,), (16,)),
    "six_dims": ((2, 1, 2, 1, 2, 3), (1, 2, 2, 2, 1, 3)),
}
OPTIONS = {
    "ADD": "AddOptions",
    "SUB": "SubOptions",
    "MUL": "MulOptions",
    "DIV": "DivOptions",
    "SQUARED_DIFFERENCE": "SquaredDifferenceOptions",
    "MAXIMUM": "MaximumMinimumOptions",
    "MINIMUM": "MaximumMinimumOptions",
    "FLOOR_DIV": "FloorDivOptions",
    "FLOOR_MOD": "FloorModOptions",
    "POW": "PowOptions",
}
FUSED = ("ADD", "SUB", "MUL", "DIV")


def quotient_operands(case, type_name, shapes, zeros):
    """Divisors away from zero. Quantized numerators are large: TFLM shifts by more than
    31 bits, which C leaves undefined, where a quotient is far below one step.
    """
    a, b = (case.random(type_name, s) for s in shapes)
    if type_name == "float32":
        return a, np.where(np.abs(b) < 0.25, np.float32(0.75), b)
    b = np.where(b == zeros[1], zeros[1] + 7 if zeros[1] < 100 else zeros[1] - 7, b)
    if zeros == (0, 0):
        return a, b
    far = zeros[0] + 100 if zeros[0] <= 0 or type_name == "uint8" and zeros[0] < 156 else zeros[0] - 100
    return np.where(np.abs(a.astype(np.int64) - zeros[0]) < 64, far, a), b


def operands(case, operator, type_name, shapes, zeros):
    """Random operands within what the operator defines."""
    if operator in ("DIV", "FLOOR_DIV", "FLOOR_MOD"):
        return quotient_operands(case, type_name, shapes, zeros if operator == "DIV" else (0, 0))
    a, b = (case.random(type_name, s) for s in shapes)
    if operator == "POW":
        small = type_name.startswith("int")
        a = case.random(type_name, shapes[0], *((-9, 9) if small else (0.1, 3)))
        b = case.random(type_name, shapes[1], *((0, 5) if small else (-3, 3)))
    return a, b


def binary(
    operator,
    type_name,
    shape="same",
    activation="none",
    label="",
    constant=False,
    scales=(0.05, 0.03, 0.06),
    zeros=(4, -7, 10),
    data=None,
    fields=None,
):
    case = Case(
        operator,
        name_of(type_name, shape, activation != "none" and activation, constant and "constant", label),
    )
    shapes = SHAPES[shape]
    tensors = [case.input(type_name, shapes[0], **quant(type_name, scales[0], zeros[0]))]
    second = quant(type_name, scales[1], zeros[1])
    points = tuple(z for z in (tensors[0].zero, second.get("zero", 0)))
    a, b = operands(case, operator, type_name, shapes, points) if data is None else data
    if constant:
        tensors.append(case.constant(type_name, b, **second))
    else:
        tensors.append(case.input(type_name, shapes[1], **second))
    y = case.output(type_name, np.broadcast_shapes(*shapes), **quant(type_name, scales[2], zeros[2]))
    fields = dict(fields or {})
    if operator in FUSED:
        fields["fusedActivationFunction"] = ACTIVATIONS[activation]
    case.op(operator, tensors, [y], OPTIONS[operator], **fields)
    return case.run(a) if constant else case.run(a, b)


def broad(operator, types):
    for t in types:
        for shape in SHAPES:
            if shape != "signs":
                yield binary(operator, t, shape)


def with_scales(operator, types):
    """Saturation, ties, extreme zero points and scale ratios."""
    pairs = {
        "equal": (0.5, 0.5, 0.5),
        "ties": (0.5, 0.5, 1.0),
        "saturates": (0.05, 0.03, 0.01),
        "coarse": (0.05, 0.03, 1.5),
        "ratio": (1.0, 0.001, 1.0),
        "ratio_up": (0.0007, 0.9, 1.1),
    }
    if operator == "DIV":
        del pairs["ratio_up"]
    for t in types:
        for label, scales in pairs.items():
            yield binary(operator, t, scales=scales, label=label)
        yield binary(operator, t, zeros=(-128, 127, 0), label="zeros_low_high")
        yield binary(operator, t, zeros=(127, 127, -128), label="zeros_high")
        yield binary(operator, t, "row", constant=True)
        yield binary(operator, t, "scalar", constant=True, scales=(0.05, 0.02, 0.07))


def with_activations(operator, types):
    for t in types:
        for activation in ("relu", "relu6", "relu_n1_to_1"):
            yield binary(operator, t, activation=activation)
            yield binary(operator, t, "outer", activation=activation)


def everything(operator, types, quantized, fused=()):
    yield from broad(operator, types)
    yield from with_scales(operator, quantized)
    yield from with_activations(operator, fused)


def register(operator, *arguments):
    family(operator)(lambda: everything(operator, *arguments))


FLOAT_INTS = ("float32", "int8", "int16", "uint8", "int32", "int64")
register("ADD", FLOAT_INTS, ("int8", "int16", "uint8"), ("float32", "int8", "int16", "int32"))
register("SUB", FLOAT_INTS, ("int8", "int16", "uint8"), ("float32", "int8", "int16", "int32"))
register("MUL", FLOAT_INTS, ("int8", "int16", "uint8"), ("float32", "int8", "int16", "int32"))
register("DIV", ("float32", "int8", "uint8", "int32"), ("int8", "uint8"), ("float32", "int8"))
register("SQUARED_DIFFERENCE", ("float32", "int8", "int16", "int32"), ("int8", "int16"))
register("MAXIMUM", FLOAT_INTS, ())
register("MINIMUM", FLOAT_INTS, ())
register("FLOOR_DIV", ("float32", "int8", "int16", "int32"), ())
register("FLOOR_MOD", ("float32", "int8", "int16", "int32", "int64"), ())
register("POW", ("float32", "int32"), ())


def int16_power_of_two(operator):
    """Power-of-two scales, which LiteRT may treat in a way of its own."""
    pairs = {"equal": (2.0**-7,) * 3, "first": (2.0**-8, 2.0**-7, 2.0**-7)}
    for flag in (True, False):
        for label, scales in pairs.items():
            yield binary(
                operator,
                "int16",
                scales=scales,
                label="pot_%s_%s" % (label, flag),
                fields={"potScaleInt16": flag},
            )


family("ADD")(lambda: int16_power_of_two("ADD"))
family("SUB")(lambda: int16_power_of_two("SUB"))


@family("ADD_N")
def add_n():
    for t in ("float32", "int8", "int32"):
        for count, out in ((2, 0.09), (3, 0.05), (5, 0.2), (3, 0.01)):
            case = Case("ADD_N", name_of(t, "n%d" % count, "out%g" % out))
            tensors = [case.input(t, (2, 3, 4), **quant(t, 0.05, -9)) for _ in range(count)]
            y = case.output(t, (2, 3, 4), **quant(t, out, 3))
            case.op("ADD_N", tensors, [y], "AddNOptions")
            yield case.run_random()


def signs(operator, types):
    """Every combination of signs, exact multiples among them."""
    for t in types:
        a = np.array([7, 7, -7, -7, 6, 6, -6, -6, 0, 0, 1, -1, 5, -5, 9, -9])
        b = np.array([3, -3, 3, -3, 3, -3, 3, -3, 4, -4, 5, 5, 1, 1, -1, -1])
        yield binary(operator, t, "signs", data=(a, b))


family("FLOOR_DIV")(lambda: signs("FLOOR_DIV", ("float32", "int8", "int16", "int32")))
family("FLOOR_MOD")(lambda: signs("FLOOR_MOD", ("float32", "int8", "int16", "int32", "int64")))
