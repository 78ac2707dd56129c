"""Writes MobileNetV2 (Sandler et al. 2018) as an int8 .tflite file: the layers that Keras has, with random weights."""

from ai_edge_litert import schema_py_generated as schema

from .nets import NONE, OPERATORS, Net

# Expansion, channels, blocks, stride of the first block.
STAGES = ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1))


def block(net, x, expansion, channels, stride, pads):
    depth = net.shape(x)[3]
    y = net.convolution(x, expansion * depth) if expansion > 1 else x
    if pads and stride > 1:
        y = net.convolution(net.pad(y), 0, 3, stride, is_depthwise=True, padding=schema.Padding.VALID)
    else:
        y = net.convolution(y, 0, 3, stride, is_depthwise=True)
    y = net.convolution(y, channels, activation=NONE)
    return net.binary(OPERATORS.ADD, x, y) if stride == 1 and depth == channels else y


def scaled(channels, width):
    """Channels as Keras rounds them: to the nearest multiple of 8, but by no more than a tenth down."""
    wanted = channels * width
    rounded = max(8, int(wanted + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * wanted else rounded


def write(path, size=224, width=1.0, channels_first=False, pads=False, classes=1000, seed=1):
    """MobileNetV2 for square images, its channels multiplied by `width`; the answers are logits.

    With `pads`, PAD stands in front of layers of stride 2, as in Keras; for maps of even size their own padding is the same.
    """
    net = Net(seed=seed)
    source = net.image(1, 3, size, size) if channels_first else net.image(1, size, size, 3)
    x = net.transpose(source, (0, 2, 3, 1)) if channels_first else source
    x = net.convolution(x, scaled(32, width), 3, 2)
    for expansion, channels, blocks, stride in STAGES:
        for number in range(blocks):
            x = block(net, x, expansion, scaled(channels, width), stride if number == 0 else 1, pads)
    x = net.convolution(x, max(1280, scaled(1280, width)))
    net.write(path, source, net.dense(net.mean(x), classes))
