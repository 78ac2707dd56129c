"""FULLY_CONNECTED."""

from ..case import Case, family
from ..common import ACTIVATIONS, name_of, quant
from .convolution import Spec, bias, weights


def dense(type_name, shape=(2, 7), units=5, keep=False, output=None, **given):
    given.setdefault("per_channel", False)
    spec = Spec(**given)
    depth = shape[-1] if output is None else output[1]
    parts = [
        type_name,
        spec.weights and "w_" + spec.weights,
        "x".join(map(str, shape)),
        "u%d" % units,
        spec.activation != "none" and spec.activation,
        spec.per_channel and "per_channel",
        not spec.bias and "no_bias",
        spec.bias_type and "bias_" + spec.bias_type,
        keep and "keep_dims",
        spec.asymmetric and "asymmetric",
        spec.label,
    ]
    case = Case("FULLY_CONNECTED", name_of(*parts))
    x = case.input(type_name, shape, **quant(type_name, spec.scales[0], spec.zeros[0]))
    w = weights(case, spec, type_name, (units, depth), 0)
    b = bias(case, spec, type_name, w, units)
    rows = 1
    for n in shape:
        rows *= n
    result = (*shape[:-1], units) if keep else (rows // depth, units)
    y = case.output(type_name, result, **quant(type_name, spec.scales[2], spec.zeros[1]))
    case.op(
        "FULLY_CONNECTED",
        [x, w, b],
        [y],
        "FullyConnectedOptions",
        fusedActivationFunction=ACTIVATIONS[spec.activation],
        keepNumDims=keep,
        asymmetricQuantizeInputs=spec.asymmetric,
        quantizedBiasType={"int32": 2, "int64": 4}.get(spec.bias_type, 0),
    )
    return case.run_random(spec.runs)


TYPES = ("float32", "int8", "int16", "uint8")


@family("FULLY_CONNECTED")
def shapes():
    for t in TYPES:
        for shape, units in (((1, 1), 1), ((1, 16), 3), ((2, 7), 5), ((3, 20), 1), ((1, 33), 12)):
            yield dense(t, shape, units)
        yield dense(t, (2, 3, 4), 5)
        yield dense(t, (2, 3, 4), 5, keep=True)
        yield dense(t, (1, 2, 3, 4), 6, keep=True)
        yield dense(t, (2, 3, 4), 3, output=(2, 12), label="flattens")
        yield dense(t, (6,), 4, label="vector")
        for activation in ("relu", "relu6", "relu_n1_to_1"):
            yield dense(t, activation=activation)
        yield dense(t, bias=False)


@family("FULLY_CONNECTED")
def quantizations():
    for t in ("int8", "int16", "uint8"):
        yield dense(t, per_channel=True)
        yield dense(t, per_channel=True, bias=False)
        yield dense(t, per_channel=True, activation="relu")
        yield dense(t, scales=(0.1, 0.02, 0.004), label="saturates")
        yield dense(t, scales=(0.1, 0.02, 3.0), label="coarse")
        yield dense(t, (1, 1), 16, scales=(0.5, 0.5, 1.0), label="ties")
        yield dense(t, (1, 1), 16, scales=(1.0, 1.0, 0.75), label="large_multiplier")
        yield dense(t, scales=(0.001, 0.001, 1.0), label="tiny_multiplier")
        for zero in (-128, 127):
            yield dense(t, zeros=(zero, zero), label="zero%d" % zero)
    yield dense("int8", weight_zero=5, label="weight_zero_point")
    yield dense("int16", weight_zero=5, label="weight_zero_point")
    for kind in ("int32", "int64"):
        yield dense("int16", bias_type=kind)
        yield dense("int16", bias_type=kind, per_channel=True)
        yield dense("int16", bias_type=kind, bias=False)
    yield dense("int16", (1, 40), 4, bias_type="int32", scales=(4, 1, 40), label="wide_sum")


@family("FULLY_CONNECTED")
def int4_weights():
    for t in ("int8", "int16"):
        for per_channel in (False, True):
            yield dense(t, weights="int4", per_channel=per_channel)
            yield dense(t, (3, 16), 4, weights="int4", per_channel=per_channel, activation="relu")
        yield dense(t, (1, 8), 3, weights="int4", bias=False)


@family("FULLY_CONNECTED")
def hybrid():
    for kind in ("int8", "uint8", "int4"):
        for per_channel in (False, True):
            for asymmetric in (False, True):
                yield dense(
                    "float32",
                    (3, 9),
                    4,
                    weights=kind,
                    per_channel=per_channel,
                    asymmetric=asymmetric,
                    label="hybrid",
                )
        yield dense("float32", weights=kind, bias=False, label="hybrid")
        yield dense("float32", weights=kind, activation="relu6", label="hybrid")
        yield dense("float32", (2, 3, 4), 5, weights=kind, keep=True, label="hybrid")


@family("FULLY_CONNECTED")
def hybrid_zero_batch():
    case = Case("FULLY_CONNECTED", "float32/hybrid_row_of_zeros")
    x = case.input("float32", (2, 6))
    w = case.constant("int8", case.random("int8", (3, 6), -127, 127), scale=0.03)
    b = case.constant("float32", case.random("float32", (3,)))
    y = case.output("float32", (2, 3))
    case.op("FULLY_CONNECTED", [x, w, b], [y], "FullyConnectedOptions")
    data = case.random("float32", (2, 6))
    data[0] = 0
    yield case.run(data)
