"""Counts operators, parameters and multiply-accumulates of a TensorFlow Lite file."""

from dataclasses import dataclass, field

import numpy as np
from tensorflow.lite.python import schema_py_generated as schema

_NAMES = {code: name for name, code in vars(schema.BuiltinOperator).items()
          if isinstance(code, int)}


@dataclass
class Info:
    """What the README says of a file. MACs count each subgraph's body once."""

    operators: int = 0
    subgraphs: int = 0
    parameters: int = 0
    macs: list = field(default_factory=list)
    names: dict = field(default_factory=dict)


def _macs(name, graph, operator):
    """Multiply-accumulates of a convolution or fully connected operator."""
    if name not in ("CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED"):
        return 0
    weights = graph.tensors[operator.inputs[1]].shape
    outputs = int(np.prod(graph.tensors[operator.outputs[0]].shape))
    per_output = weights[1:3] if name == "DEPTHWISE_CONV_2D" else weights[1:]
    return outputs * int(np.prod(per_output))


def _parameters(name, graph, operator):
    """Tensors (not counted twice) that hold weights and biases, as indices."""
    if name not in ("CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED"):
        return set()
    return {index for index in operator.inputs[1:3] if index >= 0}


def read(content):
    """The counts over all subgraphs of the file."""
    model = schema.ModelT.InitFromPackedBuf(content, 0)
    info = Info(subgraphs=len(model.subgraphs))
    for graph in model.subgraphs:
        macs, weights = 0, set()
        for operator in graph.operators or []:
            code = model.operatorCodes[operator.opcodeIndex]
            name = _NAMES[max(code.builtinCode, code.deprecatedBuiltinCode)]
            info.operators += 1
            info.names[name] = info.names.get(name, 0) + 1
            macs += _macs(name, graph, operator)
            weights |= _parameters(name, graph, operator)
        info.macs.append(macs)
        info.parameters += sum(int(np.prod(graph.tensors[i].shape)) for i in weights)
    return info
