"""Element types by the names used in case names, and what the formats call them."""

import ml_dtypes
import numpy as np
from ai_edge_litert import schema_py_generated as schema

NUMPY = {
    "float32": np.float32,
    "float16": np.float16,
    "bfloat16": ml_dtypes.bfloat16,
    "float64": np.float64,
    "complex64": np.complex64,
    "int8": np.int8,
    "int4": np.int8,
    "int16": np.int16,
    "int32": np.int32,
    "int64": np.int64,
    "uint8": np.uint8,
    "uint16": np.uint16,
    "uint32": np.uint32,
    "uint64": np.uint64,
    "bool": np.bool_,
    "resource": np.int32,
}

RANGES = {
    "int8": (-128, 127),
    "int4": (-7, 7),
    "int16": (-32768, 32767),
    "uint8": (0, 255),
    "uint16": (0, 65535),
}


def tensor_type(name):
    """The schema's number of the element type `name`."""
    return getattr(schema.TensorType, name.upper())


def pack(array, type_name):
    """Raw little-endian bytes of `array`; int4 goes two to a byte, low nibble first."""
    flat = np.ascontiguousarray(array).reshape(-1)
    if type_name != "int4":
        return flat.astype(NUMPY[type_name]).tobytes()
    nibbles = flat.astype(np.int64) & 0xF
    if len(nibbles) % 2:
        nibbles = np.append(nibbles, 0)
    return (nibbles[0::2] | (nibbles[1::2] << 4)).astype(np.uint8).tobytes()
