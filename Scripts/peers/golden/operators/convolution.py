"""CONV_2D."""

from ..case import Case, family
from ..common import ACTIVATIONS, PADDINGS, channel_scales, name_of, out_size, quant


class Spec:
    """The options of one convolution, with the plain case as default."""

    def __init__(self, **given):
        self.padding, self.stride, self.dilation = "valid", (1, 1), (1, 1)
        self.activation, self.bias, self.per_channel = "none", True, True
        self.size, self.kernel, self.inputs, self.outputs = (1, 5, 6), (3, 3), 3, 4
        self.groups, self.weights, self.asymmetric = 1, None, False
        self.scales, self.zeros, self.bias_type, self.runs = (0.1, 0.02, 0.25), (3, -5), None, 1
        self.label = ""
        self.weight_zero = 0
        for name, value in given.items():
            if not hasattr(self, name):
                raise AttributeError(name)
            setattr(self, name, value)

    def name(self, type_name):
        return name_of(
            type_name,
            self.weights and "w_" + self.weights,
            self.padding,
            self.stride != (1, 1) and "s%dx%d" % self.stride,
            self.dilation != (1, 1) and "d%dx%d" % self.dilation,
            self.kernel != (3, 3) and "k%dx%d" % self.kernel,
            self.activation != "none" and self.activation,
            "per_channel" if self.per_channel and type_name != "float32" else "",
            "" if self.bias else "no_bias",
            self.bias_type and "bias_" + self.bias_type,
            self.groups > 1 and "groups%d" % self.groups,
            self.asymmetric and "asymmetric",
            self.label,
        )

    def options(self):
        return dict(
            padding=PADDINGS[self.padding],
            strideH=self.stride[0],
            strideW=self.stride[1],
            dilationHFactor=self.dilation[0],
            dilationWFactor=self.dilation[1],
            fusedActivationFunction=ACTIVATIONS[self.activation],
        )

    def output_shape(self, channels):
        spatial = [
            out_size(n, k, s, d, self.padding)
            for n, k, s, d in zip(self.size[1:], self.kernel, self.stride, self.dilation)
        ]
        return (self.size[0], *spatial, channels)


def weights(case, spec, type_name, shape, axis):
    """The filter tensor; `axis` is its output channel dimension."""
    kind = spec.weights or {"float32": "float32", "uint8": "uint8"}.get(type_name, "int8")
    if kind == "float32":
        return case.constant("float32", case.random("float32", shape, -1, 1))
    data = case.random(kind, shape, *((-127, 127) if kind == "int8" else (None, None)))
    base = spec.scales[1] * (16 if kind == "int4" else 1)
    if spec.per_channel and kind != "uint8":
        return case.constant(kind, data, scale=channel_scales(case.rng, shape[axis], base), axis=axis)
    return case.constant(kind, data, scale=base, zero=122 if kind == "uint8" else spec.weight_zero)


def bias(case, spec, type_name, filters, count, axis=0):
    if not spec.bias:
        return None
    if type_name == "float32":
        return case.constant("float32", case.random("float32", (count,), -1, 1))
    kind = spec.bias_type or {"int16": "int64"}.get(type_name, "int32")
    scale_in = quant(type_name, spec.scales[0])["scale"]
    limit = int(600 * (256 if type_name == "int16" else 1))
    data = case.random(kind, (count,), -limit, limit)
    if isinstance(filters.scale, list):
        return case.constant(kind, data, scale=[s * scale_in for s in filters.scale])
    return case.constant(kind, data, scale=filters.scale * scale_in)


def conv(type_name, **given):
    spec = Spec(**given)
    case = Case("CONV_2D", spec.name(type_name))
    x = case.input(type_name, (*spec.size, spec.inputs), **quant(type_name, spec.scales[0], spec.zeros[0]))
    shape = (spec.outputs, *spec.kernel, spec.inputs // spec.groups)
    w = weights(case, spec, type_name, shape, 0)
    b = bias(case, spec, type_name, w, spec.outputs)
    y = case.output(
        type_name, spec.output_shape(spec.outputs), **quant(type_name, spec.scales[2], spec.zeros[1])
    )
    case.op(
        "CONV_2D@5" if spec.asymmetric else "CONV_2D",
        [x, w, b] if b else [x, w],
        [y],
        "Conv2DOptions",
        **spec.options()
    )
    return case.run_random(spec.runs)


TYPES = ("float32", "int8", "int16", "uint8")


@family("CONV_2D")
def windows():
    for t in TYPES:
        for padding in PADDINGS:
            for stride in ((1, 1), (2, 2), (2, 1), (1, 3)):
                yield conv(t, padding=padding, stride=stride)
            for dilation in ((2, 2), (1, 2)):
                yield conv(t, padding=padding, dilation=dilation, size=(1, 6, 7))
            yield conv(t, padding=padding, dilation=(2, 1), stride=(2, 2), size=(1, 7, 7))
            for kernel in ((1, 1), (2, 2), (1, 5), (5, 1), (4, 3)):
                yield conv(t, padding=padding, kernel=kernel)


@family("CONV_2D")
def activations():
    for t in TYPES:
        for activation in ("relu", "relu6", "relu_n1_to_1"):
            yield conv(t, activation=activation, label="a")
            yield conv(t, activation=activation, padding="same", zeros=(-128, -128), label="b")


@family("CONV_2D")
def quantizations():
    for t in ("int8", "int16", "uint8"):
        yield conv(t, per_channel=False, label="plain")
        if t != "uint8":
            yield conv(t, per_channel=False, bias=False)
        yield conv(t, per_channel=False, padding="same", stride=(2, 2))
        yield conv(t, scales=(0.1, 0.02, 0.004), label="saturates")
        yield conv(t, scales=(0.1, 0.02, 3.0), label="coarse")
        yield conv(t, scales=(0.5, 0.5, 1.0), per_channel=False, label="ties", kernel=(1, 1))
        yield conv(t, scales=(1.0, 1.0, 0.75), per_channel=False, label="large_multiplier", kernel=(1, 1))
        yield conv(t, scales=(0.001, 0.001, 1.0), per_channel=False, label="tiny_multiplier")
        for zero in (-128, 127, 0):
            yield conv(t, zeros=(zero, zero), padding="same", label="zero%d" % zero)
    for kind in ("int32", "int64"):
        for per_channel in (True, False):
            yield conv("int16", bias_type=kind, per_channel=per_channel, label="bias")
    yield conv("int16", bias_type="int32", padding="same", stride=(2, 2), activation="relu")
    yield conv("int8", weight_zero=4, per_channel=False, label="weight_zero_point")


@family("CONV_2D")
def int4_weights():
    for t in ("int8", "int16"):
        for padding in PADDINGS:
            for per_channel in (True, False):
                yield conv(t, weights="int4", padding=padding, per_channel=per_channel)
        yield conv(t, weights="int4", kernel=(1, 1), inputs=5, outputs=3)
        yield conv(t, weights="int4", kernel=(1, 1), inputs=1, outputs=3, activation="relu6")


@family("CONV_2D")
def shapes():
    for t in TYPES:
        if t != "uint8":
            yield conv(t, bias=False)
            yield conv(t, groups=2, inputs=4, outputs=4, bias=False, stride=(2, 2))
        yield conv(t, size=(2, 4, 4), label="batch2")
        yield conv(t, size=(1, 1, 1), kernel=(1, 1), label="one_pixel")
        yield conv(t, size=(1, 2, 2), padding="same", label="kernel_larger")
        yield conv(t, size=(1, 1, 8), kernel=(1, 3), padding="same", label="row")
        yield conv(t, inputs=1, outputs=1, label="one_channel")
        yield conv(t, inputs=17, outputs=5, size=(1, 3, 3), label="many_channels")
        yield conv(t, size=(1, 8, 8), kernel=(3, 3), stride=(3, 3), padding="same", runs=2)
        for groups, inputs, outputs in ((2, 4, 4), (2, 4, 6), (3, 6, 3), (4, 4, 8)):
            yield conv(
                t,
                groups=groups,
                inputs=inputs,
                outputs=outputs,
                padding="same",
                label="%dto%d" % (inputs, outputs),
            )


@family("CONV_2D")
def hybrid():
    for kind in ("int8", "int4"):
        for padding in PADDINGS:
            for per_channel in (True, False):
                yield conv(
                    "float32",
                    weights=kind,
                    padding=padding,
                    per_channel=per_channel,
                    label="hybrid" + ("" if per_channel else "_per_tensor"),
                )
        yield conv("float32", weights=kind, stride=(2, 2), activation="relu6", label="hybrid")
        yield conv("float32", weights=kind, size=(2, 4, 4), label="hybrid_batch2")
        yield conv("float32", weights=kind, dilation=(2, 2), size=(1, 6, 6), label="hybrid")
