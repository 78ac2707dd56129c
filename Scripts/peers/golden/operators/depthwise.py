"""DEPTHWISE_CONV_2D."""

from ..case import Case, family
from ..common import PADDINGS, quant
from .convolution import TYPES, Spec, bias, weights


def depthwise(type_name, multiplier=1, **given):
    spec = Spec(**given)
    if multiplier != 1:
        spec.label = "x%d" % multiplier + spec.label
    channels = spec.inputs * multiplier
    case = Case("DEPTHWISE_CONV_2D", spec.name(type_name))
    x = case.input(type_name, (*spec.size, spec.inputs), **quant(type_name, spec.scales[0], spec.zeros[0]))
    w = weights(case, spec, type_name, (1, *spec.kernel, channels), 3)
    b = bias(case, spec, type_name, w, channels)
    y = case.output(type_name, spec.output_shape(channels), **quant(type_name, spec.scales[2], spec.zeros[1]))
    case.op(
        "DEPTHWISE_CONV_2D",
        [x, w, b] if b else [x, w],
        [y],
        "DepthwiseConv2DOptions",
        depthMultiplier=multiplier,
        **spec.options()
    )
    return case.run_random(spec.runs)


@family("DEPTHWISE_CONV_2D")
def windows():
    for t in TYPES:
        for padding in PADDINGS:
            for stride in ((1, 1), (2, 2), (1, 2)):
                yield depthwise(t, padding=padding, stride=stride)
            for dilation in ((2, 2), (1, 3)):
                yield depthwise(t, padding=padding, dilation=dilation, size=(1, 7, 8))
            for kernel in ((1, 1), (2, 2), (1, 4), (5, 3)):
                yield depthwise(t, padding=padding, kernel=kernel)
            for multiplier in (2, 3):
                yield depthwise(t, multiplier, padding=padding)


@family("DEPTHWISE_CONV_2D")
def details():
    for t in TYPES:
        for activation in ("relu", "relu6", "relu_n1_to_1"):
            yield depthwise(t, activation=activation)
        yield depthwise(t, bias=False)
        yield depthwise(t, 8, inputs=1, label="_one_input")
        yield depthwise(t, size=(2, 4, 4), label="batch2")
        yield depthwise(t, size=(1, 2, 2), padding="same", label="kernel_larger")
        yield depthwise(t, 2, stride=(2, 2), padding="same", activation="relu")
        yield depthwise(t, inputs=20, size=(1, 4, 4), label="many_channels")


@family("DEPTHWISE_CONV_2D")
def quantizations():
    for t in ("int8", "int16", "uint8"):
        yield depthwise(t, per_channel=False, label="plain")
        yield depthwise(t, 2, per_channel=False)
        yield depthwise(t, per_channel=False, bias=False)
        yield depthwise(t, scales=(0.1, 0.02, 0.004), label="saturates")
        yield depthwise(t, scales=(0.1, 0.02, 2.0), label="coarse")
        yield depthwise(t, scales=(0.5, 0.5, 1.0), per_channel=False, kernel=(1, 1), label="ties")
        yield depthwise(
            t, scales=(1.0, 1.0, 0.75), per_channel=False, kernel=(1, 1), label="large_multiplier"
        )
        for zero in (-128, 127):
            yield depthwise(t, zeros=(zero, zero), padding="same", label="zero%d" % zero)
    yield depthwise("int8", per_channel=False, weight_zero=4, label="weight_zero_point")
    yield depthwise("int16", bias_type="int64", per_channel=False, label="bias")


@family("DEPTHWISE_CONV_2D")
def small_weights():
    for t, kind in (("int8", "int4"), ("float32", "int8")):
        for padding in PADDINGS:
            yield depthwise(t, weights=kind, padding=padding)
        if t != "float32":
            yield depthwise(t, weights=kind, per_channel=False, label="per_tensor")
        yield depthwise(t, 2, weights=kind, stride=(2, 2), activation="relu")
        yield depthwise(t, weights=kind, bias=False)
        yield depthwise(t, weights=kind, size=(2, 4, 4), label="batch2")
