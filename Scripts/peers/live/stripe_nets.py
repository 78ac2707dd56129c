"""Small nets with random weights, one for each kind of layer that stripes go through; their answers are whole maps."""

from ai_edge_litert import schema_py_generated as schema

from . import mobilenet
from .nets import INT16, INT8, OPERATORS, Net

VALID = schema.Padding.VALID


def up_and_down(net):
    source = net.image(1, 64, 64, 3)
    first = net.convolution(source, 8, 3)
    x = net.convolution(first, 16, 3, 2)
    x = net.convolution(net.convolution(x, 24, 3, 2), 16, 3)
    x = net.convolution(net.repeat(x, 2, 2), 16, 3)
    x = net.join(net.repeat(net.convolution(x, 8), 2, 2), first)
    return source, net.convolution(x, 2, 3, 2)


def branches(net):
    source = net.image(1, 48, 48, 3)
    x = net.convolution(source, 8, 3)
    left = net.convolution(x, 8, 1)
    right = net.convolution(net.convolution(x, 8, 1), 8, 3)
    x = net.join(left, right, net.convolution(net.pool(x, 3, 1), 8))
    return source, net.convolution(net.pool(x, 3, 2), 8, 3, 2)


def means(net):
    source = net.image(1, 48, 47, 3)
    x = net.pool(net.convolution(source, 12, 3), 2, 2, is_average=True)
    return source, net.convolution(x, 8, 3, 2)


def gates(net):
    source = net.image(1, 48, 48, 3)
    x = net.convolution(source, 12, 3)
    x = net.binary(OPERATORS.MUL, x, net.logistic(net.convolution(x, 12, 3, is_depthwise=True)))
    x = net.binary(OPERATORS.SUB, x, net.convolution(x, 12))
    x = net.hard_swish(x) if net.kind == INT8 else x
    return source, net.convolution(x, 8, 3, 2)


def series(net):
    source = net.image(1, 1, 512, 6)
    x = net.convolution(source, 24, 5)
    x = net.reshape(net.reshape(net.convolution(x, 24, 3), (1, 512, 24)), (1, 512, 1, 24))
    x = net.reshape(net.convolution(x, 16, 3, 2), (1, 1, 256, 16))
    return source, net.convolution(x, 8, 3, 2)


def high_series(net):
    source = net.image(1, 512, 1, 6)
    x = net.convolution(net.convolution(source, 24, 5), 24, 3, is_depthwise=True)
    return source, net.convolution(net.convolution(x, 16, 3, 2), 8, 3, 2)


def columns(net):
    source = net.image(1, 16, 160, 3)
    x = net.convolution(net.convolution(source, 12, 3), 12, 3, is_depthwise=True)
    return source, net.convolution(x, 8, 3, 2)


def channels_first(net):
    source = net.image(1, 3, 48, 48)
    x = net.convolution(net.transpose(source, (0, 2, 3, 1)), 12, 3)
    x = net.convolution(net.convolution(x, 12, 3, is_depthwise=True), 8, 3, 2)
    return source, x


def bottlenecks(net):
    source = net.image(1, 48, 48, 3)
    x = net.convolution(source, 8, 3)
    x = mobilenet.block(net, x, 6, 8, 1, False)
    return source, mobilenet.block(net, x, 6, 12, 2, True)


KINDS = (up_and_down, branches, means, gates, series, high_series, columns, channels_first, bottlenecks)
# TFLM has no int16 for RESIZE_NEAREST_NEIGHBOR.
WIDE = (branches, means, gates, series, high_series, columns, channels_first, bottlenecks)


def write(folder):
    """Writes all of them; their paths."""
    paths = []
    for kind, numbers in ((INT8, KINDS), (INT16, WIDE)):
        for seed, function in enumerate(numbers):
            net = Net(kind, seed)
            source, result = function(net)
            paths.append("%s/net_%s_%s.tflite" % (folder, function.__name__, "int8" if kind == INT8 else "int16"))
            net.write(paths[-1], source, result)
    return paths
