"""What the comparison must know of a .tflite file: inputs, outputs, state, kind."""

import numpy as np
from ai_edge_litert import schema_py_generated as schema

DTYPES = {
    schema.TensorType.FLOAT32: np.float32,
    schema.TensorType.INT8: np.int8,
    schema.TensorType.UINT8: np.uint8,
    schema.TensorType.INT16: np.int16,
    schema.TensorType.INT32: np.int32,
    schema.TensorType.INT64: np.int64,
    schema.TensorType.BOOL: np.bool_,
}
NARROW = (schema.TensorType.INT8, schema.TensorType.UINT8, schema.TensorType.INT16)


class Port:
    """An input or output of the main subgraph."""

    def __init__(self, tensor, has_data=False):
        self.name = tensor.name.decode(errors="replace") if isinstance(tensor.name, bytes) else tensor.name
        self.shape = tuple(int(d) for d in (tensor.shape if tensor.shape is not None else ()))
        self.dtype = DTYPES.get(tensor.type)
        # A constant that the graph names as an input: a program in flash cannot fill it.
        self.is_constant = has_data
        table = tensor.quantization
        scaled = table is not None and table.scale is not None and len(table.scale) == 1
        self.scale = float(table.scale[0]) if scaled else None
        self.zero = int(table.zeroPoint[0]) if scaled and table.zeroPoint is not None else 0


class ModelFile:
    def __init__(self, path, data=None):
        self.path = path
        self.data = data
        if data is None:
            with open(path, "rb") as file:
                self.data = file.read()
        table = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(self.data, 0))
        main = table.subgraphs[0]
        self.inputs = [Port(main.tensors[i], has_data(table, main.tensors[i])) for i in main.inputs]
        self.outputs = [Port(main.tensors[i]) for i in main.outputs]
        self.stateful = is_stateful(table)
        self.integer = is_integer(table)
        self.divides = divides(table)

    def unsupported(self):
        """A reason why no arrays can be made for it, or None."""
        for port in self.inputs + self.outputs:
            if port.dtype is None:
                return "tensor type of %s" % port.name
        return None


def has_data(table, tensor):
    data = table.buffers[tensor.buffer].data if tensor.buffer < len(table.buffers) else None
    return data is not None and len(data) > 0


def is_stateful(table):
    codes = [max(c.builtinCode, c.deprecatedBuiltinCode) for c in table.operatorCodes]
    variables = any(t.isVariable for g in table.subgraphs for t in g.tensors)
    return variables or schema.BuiltinOperator.VAR_HANDLE in codes


def divides(table):
    """Whether it has an operator whose answer is not defined where its divisor is zero."""
    codes = {max(c.builtinCode, c.deprecatedBuiltinCode) for c in table.operatorCodes or []}
    return bool(codes & {schema.BuiltinOperator.DIV, schema.BuiltinOperator.FLOOR_DIV, schema.BuiltinOperator.FLOOR_MOD})


def is_integer(table):
    """Whether any operator answers with narrow integers: then TFLM is the judge."""
    return any(
        graph.tensors[index].type in NARROW
        for graph in table.subgraphs
        for operator in graph.operators or []
        for index in operator.outputs
        if operator.outputs is not None
    )
