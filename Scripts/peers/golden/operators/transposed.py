"""TRANSPOSE_CONV."""

from ..case import Case, family
from ..common import ACTIVATIONS, PADDINGS, channel_scales, name_of, quant


class TransposeSpec:
    """The options of one transposed convolution, with the plain case as default."""

    def __init__(self, t, padding="same", stride=(2, 2), kernel=(3, 3), **given):
        self.type, self.padding, self.stride, self.kernel = t, padding, stride, kernel
        self.size, self.channels, self.bias, self.per_channel = (1, 3, 4), (2, 3), True, True
        self.activation, self.label, self.out_scale = "none", "", 0.3
        self.bias_type, self.weights = None, None
        for name, value in given.items():
            if not hasattr(self, name):
                raise AttributeError(name)
            setattr(self, name, value)

    def name(self):
        return name_of(
            self.type,
            self.weights and "w_" + self.weights,
            self.padding,
            "s%dx%d" % self.stride,
            "k%dx%d" % self.kernel,
            not self.bias and "no_bias",
            self.activation != "none" and self.activation,
            self.per_channel and self.type != "float32" and "per_channel",
            self.bias_type and "bias_" + self.bias_type,
            self.label,
        )

    def result(self):
        """The shape of the answer."""
        windows = zip(self.size[1:], self.stride, self.kernel)
        if self.padding == "same":
            spatial = [n * s for n, s, _ in windows]
        else:
            spatial = [(n - 1) * s + k for n, s, k in windows]
        return (self.size[0], *spatial, self.channels[1])


def transpose_weights(case, spec):
    """Type, data and quantization of the filter."""
    kind = spec.weights or {"float32": "float32", "uint8": "uint8"}.get(spec.type, "int8")
    shape = (spec.channels[1], *spec.kernel, spec.channels[0])
    data = case.random(kind, shape, *((-127, 127) if kind == "int8" else (None, None)))
    scales = channel_scales(case.rng, spec.channels[1], 0.02) if spec.per_channel else 0.02
    numbers = {} if kind == "float32" else dict(scale=scales, axis=0)
    if kind == "uint8":
        numbers = dict(scale=0.02, zero=120)
    return kind, data, numbers


def transpose_conv(*plain, **given):
    spec = TransposeSpec(*plain, **given)
    case = Case("TRANSPOSE_CONV", spec.name())
    kind, data, numbers = transpose_weights(case, spec)
    s, w = case.dims(*spec.result()), case.constant(kind, data, **numbers)
    x = case.input(spec.type, (*spec.size, spec.channels[0]), **quant(spec.type, 0.1, 4))
    inputs = [s, w, x]
    if spec.bias:
        inputs.append(transpose_bias(case, spec.type, spec.channels[1], numbers, spec.bias_type))
    y = case.output(spec.type, spec.result(), **quant(spec.type, spec.out_scale, -5))
    case.op(
        "TRANSPOSE_CONV",
        inputs,
        [y],
        "TransposeConvOptions",
        padding=PADDINGS[spec.padding],
        strideH=spec.stride[0],
        strideW=spec.stride[1],
        fusedActivationFunction=ACTIVATIONS[spec.activation],
    )
    return case.run_random()


def transpose_bias(case, t, count, numbers, bias_type):
    if t == "float32":
        return case.constant("float32", case.random("float32", (count,)))
    kind = bias_type or {"int16": "int64"}.get(t, "int32")
    scale_in = quant(t, 0.1)["scale"]
    scale = numbers["scale"]
    product = [v * scale_in for v in scale] if isinstance(scale, list) else scale * scale_in
    return case.constant(kind, case.random(kind, (count,), -500, 500), scale=product)


@family("TRANSPOSE_CONV")
def transpose_convs():
    for t in ("float32", "int8", "int16", "uint8"):
        per = t != "uint8"
        for padding in PADDINGS:
            for stride, kernel in (
                ((1, 1), (3, 3)),
                ((2, 2), (3, 3)),
                ((2, 1), (2, 4)),
                ((3, 3), (2, 2)),
                ((2, 2), (1, 1)),
            ):
                yield transpose_conv(t, padding, stride, kernel, per_channel=per)
        yield transpose_conv(t, bias=False, per_channel=per)
        yield transpose_conv(t, per_channel=False, label="per_tensor")
        yield transpose_conv(t, per_channel=per, size=(2, 2, 2), label="batch2")
        for activation in ("relu", "relu6"):
            yield transpose_conv(t, per_channel=per, activation=activation)
        yield transpose_conv(t, per_channel=per, out_scale=0.01, label="saturates")
    yield transpose_conv("float32", weights="int8", per_channel=False, bias=False, label="hybrid")
