"""What the families share: quantizations, activations, window arithmetic, weights."""

import numpy as np

ACTIVATIONS = {"none": 0, "relu": 1, "relu_n1_to_1": 2, "relu6": 3, "tanh": 4, "sign_bit": 5}
PADDINGS = {"same": 0, "valid": 1}
QUANTIZED = ("int8", "int16", "uint8")


def quant(type_name, scale, zero=0):
    """Quantization arguments of a tensor: none unless the type is a quantized one.

    `zero` is meant for int8; int16 is symmetric, uint8 sits 128 higher.
    """
    if type_name == "int8":
        return {"scale": scale, "zero": zero}
    if type_name == "int16":
        return {"scale": scale / 256.0, "zero": 0}
    if type_name == "uint8":
        return {"scale": scale, "zero": zero + 128}
    return {}


def out_size(size, kernel, stride, dilation, padding):
    reach = (kernel - 1) * dilation + 1
    if padding == "same":
        return -(-size // stride)
    return -(-(size - reach + 1) // stride)


def channel_scales(rng, count, base):
    """Scales spread over a decade below and above `base`."""
    return [float(np.float32(base * 10.0 ** rng.uniform(-0.7, 0.5))) for _ in range(count)]


def name_of(*parts):
    """Joins what is not empty with slashes."""
    return "/".join(str(p) for p in parts if p not in (None, "", False))
