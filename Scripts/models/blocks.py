"""Layer blocks shared by the architectures. Batch norms fold into the convolutions."""

from keras import layers


def conv(x, filters, kernel=3, strides=1, activation="relu"):
    """Convolution, batch norm and an optional activation."""
    x = layers.Conv2D(filters, kernel, strides, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return layers.Activation(activation)(x) if activation else x


def depthwise(x, kernel=3, strides=1, activation="relu"):
    """Depthwise convolution, batch norm and an optional activation."""
    x = layers.DepthwiseConv2D(kernel, strides, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return layers.Activation(activation)(x) if activation else x


def classifier(x, dropout=0.2):
    """Global average pool and a softmax over the ten classes."""
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(dropout)(x)
    return layers.Dense(10, activation="softmax")(x)
