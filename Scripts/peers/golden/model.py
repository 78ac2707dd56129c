"""Builds .tflite files: subgraphs of tensors and operators, packed small."""

import flatbuffers
from ai_edge_litert import schema_py_generated as schema

from .types import pack, tensor_type


class Tensor:
    """One tensor of a subgraph; `index` is its place in that subgraph."""

    def __init__(self, index, type_name, shape, scale, zero):
        self.index = index
        self.type = type_name
        self.shape = tuple(int(d) for d in shape)
        self.scale = scale
        self.zero = zero


class Subgraph:
    """Tensors and operators in file order."""

    def __init__(self, model):
        self.model = model
        self.table = schema.SubGraphT()
        self.table.tensors = []
        self.table.operators = []
        self.table.inputs = []
        self.table.outputs = []
        self.input_tensors = []
        self.output_tensors = []

    def tensor(
        self,
        type_name,
        shape,
        scale=None,
        zero=0,
        axis=0,
        data=None,
        variable=False,
        sparsity=None,
        raw=None,
        signature=None,
    ):
        """Adds a tensor; a list of scales makes it per-channel along `axis`."""
        table = schema.TensorT()
        table.shape = [int(d) for d in shape]
        table.type = tensor_type(type_name)
        table.name = "t%d" % len(self.table.tensors)
        table.isVariable = variable
        table.hasRank = False
        table.sparsity = sparsity
        table.shapeSignature = signature
        if data is not None or raw is not None:
            table.buffer = self.model.buffer(raw if raw is not None else pack(data, type_name))
        if scale is not None:
            table.quantization = quantization(scale, zero, axis)
        self.table.tensors.append(table)
        return Tensor(len(self.table.tensors) - 1, type_name, shape, scale, zero)

    def input(self, type_name, shape, scale=None, zero=0, **more):
        made = self.tensor(type_name, shape, scale, zero, **more)
        self.mark_input(made)
        return made

    def mark_input(self, tensor):
        self.table.inputs.append(tensor.index)
        self.input_tensors.append(tensor)

    def output(self, type_name, shape, scale=None, zero=0, **more):
        made = self.tensor(type_name, shape, scale, zero, **more)
        self.mark_output(made)
        return made

    def mark_output(self, tensor):
        self.table.outputs.append(tensor.index)
        self.output_tensors.append(tensor)

    def constant(self, type_name, array, scale=None, zero=0, axis=0):
        return self.tensor(type_name, array.shape, scale, zero, axis, data=array)

    def op(self, code, inputs, outputs, options=None, custom=None, **fields):
        """Adds operator `code` (or custom name); absent inputs are None."""
        table = schema.OperatorT()
        table.opcodeIndex = self.model.code(code)
        table.inputs = [-1 if t is None else t.index for t in inputs]
        table.outputs = [t.index for t in outputs]
        table.intermediates = None
        if "intermediates" in fields:
            table.intermediates = [t.index for t in fields.pop("intermediates")]
        if options is not None:
            table.builtinOptionsType = getattr(schema.BuiltinOptions, options)
            table.builtinOptions = filled(getattr(schema, options + "T")(), fields)
        if custom is not None:
            table.customOptions = list(custom)
        self.table.operators.append(table)


class Model:
    """A file under construction. The first subgraph is the main one."""

    def __init__(self):
        self.table = schema.ModelT()
        self.table.version = 3
        self.table.operatorCodes = []
        self.table.subgraphs = []
        self.table.buffers = [schema.BufferT()]
        self.codes = {}
        self.contents = {}
        self.subgraphs = []

    def subgraph(self):
        made = Subgraph(self)
        self.subgraphs.append(made)
        self.table.subgraphs.append(made.table)
        return made

    def code(self, name):
        """Index of the operator code; `CUSTOM:Name` is a custom operator."""
        if name not in self.codes:
            table = schema.OperatorCodeT()
            builtin, _, custom = name.partition(":")
            builtin, _, version = builtin.partition("@")
            table.builtinCode = getattr(schema.BuiltinOperator, builtin)
            table.deprecatedBuiltinCode = min(table.builtinCode, 127)
            table.customCode = custom or None
            table.version = int(version or 1)
            self.codes[name] = len(self.table.operatorCodes)
            self.table.operatorCodes.append(table)
        return self.codes[name]

    def buffer(self, data):
        """Index of a buffer with these bytes; equal contents are stored once."""
        if data not in self.contents:
            table = AlignedBuffer()
            table.data = data
            self.contents[data] = len(self.table.buffers)
            self.table.buffers.append(table)
        return self.contents[data]

    def bytes(self):
        builder = flatbuffers.Builder(1024)
        builder.Finish(self.table.Pack(builder), file_identifier=b"TFL3")
        return bytes(builder.Output())


class AlignedBuffer(schema.BufferT):
    """Data starts at a multiple of 16, as the schema demands."""

    def Pack(self, builder):
        size = len(self.data)
        builder.StartVector(1, size, 16)
        builder.head -= size
        builder.Bytes[builder.head : builder.head + size] = self.data
        data = builder.EndVector()
        schema.BufferStart(builder)
        schema.BufferAddData(builder, data)
        return schema.BufferEnd(builder)


def quantization(scale, zero, axis):
    table = schema.QuantizationParametersT()
    scales = list(scale) if isinstance(scale, (list, tuple)) else [scale]
    zeros = list(zero) if isinstance(zero, (list, tuple)) else [zero] * len(scales)
    table.scale = [float(s) for s in scales]
    table.zeroPoint = [int(z) for z in zeros]
    table.quantizedDimension = axis
    return table


def filled(table, fields):
    for name, value in fields.items():
        if not hasattr(table, name):
            raise AttributeError("%s has no field %s" % (type(table).__name__, name))
        setattr(table, name, value)
    return table
