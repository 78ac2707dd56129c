"""Copies of int8 models in which some channels of every layer have the weights of others."""

import numpy as np
from ai_edge_litert import schema_py_generated as schema

from . import variants

LAYERS = (
    schema.BuiltinOperator.CONV_2D, schema.BuiltinOperator.DEPTHWISE_CONV_2D, schema.BuiltinOperator.FULLY_CONNECTED)
# Sums of so much smaller weights fit int8 again.
DIVISOR = 8


def original(channel):
    """The channel that one copies, in every layer of as many."""
    if channel % 5 == 4:
        return 0
    return channel - 1 if channel % 3 == 2 and channel % 5 else channel


def write(path, target):
    """Writes the changed copy; False where the model has no int8 weights."""
    with open(path, "rb") as file:
        model = schema.ModelT.InitFromObj(schema.Model.GetRootAs(file.read(), 0))
    done = set()
    for graph in model.subgraphs:
        for operator in graph.operators:
            code = model.operatorCodes[operator.opcodeIndex]
            builtin = max(code.builtinCode, code.deprecatedBuiltinCode)
            if builtin in LAYERS and graph.tensors[operator.inputs[1]].type == schema.TensorType.INT8:
                change(model, graph, operator, builtin == schema.BuiltinOperator.DEPTHWISE_CONV_2D, done)
    if done:
        with open(target, "wb") as file:
            file.write(variants.pack(model))
    return bool(done)


def change(model, graph, operator, is_depthwise, done):
    weights = graph.tensors[operator.inputs[1]]
    axis = 3 if is_depthwise else 0
    channels = [original(c) for c in range(weights.shape[axis])]
    numbers = constant(model, weights, np.int8, done)
    if numbers is None:
        return
    smaller = (numbers.reshape(weights.shape) / DIVISOR).astype(np.int8)
    store(model, weights, np.take(smaller, channels, axis=axis), channels)
    if len(operator.inputs) > 2 and operator.inputs[2] >= 0:
        bias = graph.tensors[operator.inputs[2]]
        numbers = constant(model, bias, np.int32, done)
        if numbers is not None:
            store(model, bias, numbers[channels], channels)


def constant(model, tensor, kind, done):
    """The numbers of a constant that has not been changed yet; None where there are none."""
    data = model.buffers[tensor.buffer].data
    if data is None or len(data) == 0 or tensor.buffer in done:
        return None
    done.add(tensor.buffer)
    return np.frombuffer(bytes(data), kind)


def store(model, tensor, numbers, channels):
    model.buffers[tensor.buffer].data = np.frombuffer(numbers.tobytes(), np.uint8)
    scales = tensor.quantization.scale if tensor.quantization is not None else None
    if scales is not None and len(scales) == len(channels):
        tensor.quantization.scale = np.array(scales)[channels]
