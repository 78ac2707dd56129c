"""The image classifiers: 28x28x1 in, ten class scores out."""

import keras
from keras import layers

from blocks import classifier, conv, depthwise
from randwire import randwire_body


def _model(name, body):
    """Wraps a function from image tensor to scores in a Keras model."""
    image = keras.Input((28, 28, 1), name="image")
    return keras.Model(image, body(image), name=name)


def cnn(x):
    """Two convolutions with max pooling, then two fully connected layers."""
    x = layers.Conv2D(16, 3, padding="same", activation="relu")(x)
    x = layers.MaxPooling2D()(x)
    x = layers.Conv2D(32, 3, padding="same", activation="relu")(x)
    x = layers.MaxPooling2D()(x)
    x = layers.Flatten()(x)
    x = layers.Dropout(0.3)(x)
    x = layers.Dense(48, activation="relu")(x)
    x = layers.Dropout(0.3)(x)
    return layers.Dense(10, activation="softmax")(x)


def _residual(x, filters, strides):
    """Two 3x3 convolutions around an identity or 1x1 shortcut."""
    shortcut = x
    if strides != 1 or x.shape[-1] != filters:
        shortcut = conv(x, filters, 1, strides, activation=None)
    y = conv(x, filters, 3, strides)
    y = conv(y, filters, 3, activation=None)
    return layers.Activation("relu")(layers.Add()([y, shortcut]))


def resnet(x):
    """Residual network: a stem and four residual blocks."""
    x = conv(x, 16, 3, strides=2)
    for filters, strides in ((16, 1), (32, 2), (32, 1), (48, 2)):
        x = _residual(x, filters, strides)
    return classifier(x)


def dscnn(x):
    """Depthwise-separable network in the manner of MobileNet, with ReLU6."""
    x = conv(x, 16, 3, activation="relu6")
    for filters, strides in ((24, 2), (32, 1), (48, 2), (64, 1), (96, 2), (96, 1)):
        x = depthwise(x, 3, strides, activation="relu6")
        x = conv(x, filters, 1, activation="relu6")
    return classifier(x)


def _inception(x, single, reduced, three, five, pooled):
    """Four parallel branches: 1x1, 3x3, stacked 3x3 and average pool, concatenated."""
    a = conv(x, single, 1)
    b = conv(conv(x, reduced, 1), three, 3)
    c = conv(conv(conv(x, reduced // 2, 1), five, 3), five, 3)
    d = layers.AveragePooling2D(3, 1, padding="same")(x)
    d = conv(d, pooled, 1)
    return layers.Concatenate()([a, b, c, d])


def inception(x):
    """A stem and three inception modules on two resolutions."""
    x = conv(x, 16, 3, strides=2)
    x = _inception(x, 8, 12, 16, 8, 8)
    x = layers.MaxPooling2D()(x)
    x = _inception(x, 16, 16, 24, 16, 8)
    x = _inception(x, 24, 24, 32, 24, 16)
    return classifier(x)


def _dense_block(x, layer_count, growth):
    """Each layer sees the concatenation of everything before it in the block."""
    for _ in range(layer_count):
        y = conv(x, 2 * growth, 1)
        y = conv(y, growth, 3)
        x = layers.Concatenate()([x, y])
    return x


def densenet(x):
    """Densely connected network: two dense blocks with a halving transition."""
    x = conv(x, 16, 3, strides=2)
    x = _dense_block(x, 4, 12)
    x = conv(x, x.shape[-1] // 2, 1)
    x = layers.AveragePooling2D(2)(x)
    x = _dense_block(x, 5, 12)
    return classifier(x)


def randwire(x):
    """Randomly wired network: two Watts-Strogatz stages of unequal node widths."""
    return classifier(randwire_body(x))


WHAT = {
    cnn: "plain CNN: 2 convolutions with max pooling, 2 fully connected layers",
    resnet: "residual: a stem and 4 residual blocks, 2 with a projected shortcut",
    dscnn: "depthwise-separable, in the manner of MobileNet, with ReLU6",
    inception: "inception-like: 3 modules of 4 parallel branches",
    densenet: "densely connected: blocks of 4 and 5 layers, growth 12",
    randwire: "randomly wired (Watts–Strogatz): 2 stages of nodes of unequal widths",
}


def build(function):
    """The untrained Keras model of one of the functions above."""
    return _model(function.__name__, function)
