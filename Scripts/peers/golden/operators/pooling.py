"""AVERAGE_POOL_2D, MAX_POOL_2D, L2_POOL_2D."""

from ..case import Case, family
from ..common import ACTIVATIONS, PADDINGS, name_of, out_size, quant


def pool(
    operator,
    type_name,
    padding="valid",
    stride=(2, 2),
    kernel=(2, 2),
    size=(1, 5, 6),
    channels=3,
    activation="none",
    scale=0.1,
    zero=-3,
    label="",
):
    window = "s%dx%d/k%dx%d" % (*stride, *kernel)
    fused = activation != "none" and activation
    case = Case(operator, name_of(type_name, padding, window, fused, label))
    numbers = quant(type_name, scale, zero)
    x = case.input(type_name, (*size, channels), **numbers)
    spatial = [out_size(n, k, s, 1, padding) for n, k, s in zip(size[1:], kernel, stride)]
    y = case.output(type_name, (size[0], *spatial, channels), **numbers)
    case.op(
        operator,
        [x],
        [y],
        "Pool2DOptions",
        padding=PADDINGS[padding],
        strideH=stride[0],
        strideW=stride[1],
        filterHeight=kernel[0],
        filterWidth=kernel[1],
        fusedActivationFunction=ACTIVATIONS[activation],
    )
    return case.run_random()


def windows(operator, types):
    for t in types:
        for padding in PADDINGS:
            for kernel, stride in (
                ((2, 2), (2, 2)),
                ((3, 3), (1, 1)),
                ((3, 2), (2, 1)),
                ((1, 1), (1, 1)),
                ((5, 6), (1, 1)),
                ((1, 4), (3, 2)),
            ):
                yield pool(operator, t, padding, stride, kernel)
        for activation in ("relu", "relu6", "relu_n1_to_1"):
            yield pool(operator, t, activation=activation)
            yield pool(operator, t, "same", (1, 1), (3, 3), activation=activation, zero=-128)
        yield pool(operator, t, size=(2, 4, 4), label="batch2")
        yield pool(operator, t, "same", kernel=(4, 4), size=(1, 2, 3), label="kernel_larger")
        yield pool(operator, t, channels=19, size=(1, 3, 3), label="many_channels")


TYPES = ("float32", "int8", "int16", "uint8")
family("AVERAGE_POOL_2D")(lambda: windows("AVERAGE_POOL_2D", TYPES))
family("MAX_POOL_2D")(lambda: windows("MAX_POOL_2D", TYPES))
family("L2_POOL_2D")(lambda: windows("L2_POOL_2D", ("float32",)))
