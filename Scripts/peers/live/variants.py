"""Changed copies of a small model, each off in one place, to find where TFLM's refusals begin."""

import copy

import numpy as np
import flatbuffers
from ai_edge_litert import schema_py_generated as schema

TYPES = ("FLOAT32", "INT8", "INT16", "INT32", "INT64", "UINT8", "BOOL")


def of(data):
    """Pairs of a name and the bytes of a changed model; changes the first operator and its tensors only."""
    table = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(data, 0))
    for name, change in changes(table):
        again = copy.deepcopy(table)
        try:
            change(again)
            yield name, pack(again)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue


def signature(data):
    """The operator's types: models that share them have the same changes worth trying."""
    graph = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(data, 0)).subgraphs[0]
    node = graph.operators[0]
    places = [int(i) for i in list(node.inputs) + list(node.outputs)]
    types = tuple(graph.tensors[i].type if i >= 0 else -1 for i in places[:4])
    return types if len(node.inputs) <= 6 else types[:1]


def pack(table):
    builder = flatbuffers.Builder(1024)
    builder.Finish(table.Pack(builder), file_identifier=b"TFL3")
    return bytes(builder.Output())


def changes(table):
    graph = table.subgraphs[0]
    node = graph.operators[0]
    yield from option_changes(node)
    yield from list_changes(node)
    places = [("in%d" % n, int(i)) for n, i in enumerate(node.inputs) if i >= 0]
    places += [("out%d" % n, int(i)) for n, i in enumerate(node.outputs)]
    for place, index in places[:8]:
        for name, change in tensor_changes(table, graph.tensors[index], index):
            yield place + "." + name, change
    yield "all.rank", lambda t: [more_dimensions(x, 1) for x in t.subgraphs[0].tensors]
    yield "all.rank2", lambda t: [more_dimensions(x, 2) for x in t.subgraphs[0].tensors]
    yield "all.unquantized", lambda t: [setattr(x, "quantization", None) for x in t.subgraphs[0].tensors]


def option_changes(node):
    options = node.builtinOptions
    yield "custom_options", lambda t: setattr(first(t), "customOptions", np.array([1], np.uint8))
    if options is None:
        return
    yield "optionless", without_options
    for field, value in vars(options).items():
        if isinstance(value, (bool, np.bool_)):
            yield "%s=%s" % (field, not value), set_option(field, not value)
        elif isinstance(value, (int, np.integer)):
            for other in (0, 1, 2, 4, -1):
                if other != value:
                    yield "%s=%d" % (field, other), set_option(field, other)


def list_changes(node):
    yield "less_inputs", lambda t: setattr(first(t), "inputs", first(t).inputs[:-1])
    yield "more_inputs", lambda t: setattr(first(t), "inputs", np.append(first(t).inputs, first(t).inputs[0]))
    yield "many_inputs", lambda t: setattr(first(t), "inputs", np.repeat(first(t).inputs[:1], 11))
    yield "less_outputs", lambda t: setattr(first(t), "outputs", first(t).outputs[:-1])
    for number in range(min(len(node.inputs), 8)):
        yield "in%d.absent" % number, absent(number)


def tensor_changes(table, tensor, index):
    def on(change):
        return lambda t: change(t.subgraphs[0].tensors[index])

    table_of = tensor.quantization
    if table_of is not None and table_of.scale is not None and len(table_of.scale):
        yield "scale", on(lambda x: setattr(x.quantization, "scale", x.quantization.scale * np.float32(1.5)))
        yield "scale_near", on(lambda x: setattr(x.quantization, "scale", x.quantization.scale * np.float32(1.0005)))
        yield "scale0", on(lambda x: setattr(x.quantization, "scale", x.quantization.scale * np.float32(0)))
        yield "zero+3", on(lambda x: setattr(x.quantization, "zeroPoint", x.quantization.zeroPoint + 3))
        yield "zero0", on(lambda x: setattr(x.quantization, "zeroPoint", x.quantization.zeroPoint * 0))
        yield "zero_far", on(lambda x: setattr(x.quantization, "zeroPoint", x.quantization.zeroPoint * 0 + 300))
        yield "zeroless", on(lambda x: setattr(x.quantization, "zeroPoint", None))
        yield "unquantized", on(lambda x: setattr(x, "quantization", None))
        yield "channels", on(per_channel)
        yield "two_channels", on(lambda x: per_channel(x, 2))
    for name in TYPES:
        if getattr(schema.TensorType, name) != tensor.type:
            yield name.lower(), retyped(index, name)
    yield "rank", on(lambda x: more_dimensions(x, 1))
    yield "flat", retake(index, lambda x: setattr(x, "shape", np.array([int(np.prod(x.shape))], np.int32)))
    yield "shapeless", on(lambda x: setattr(x, "shape", None))
    yield "empty", on(lambda x: x.shape.__setitem__(0, 0))
    yield "longer", retake(index, lambda x: x.shape.__setitem__(-1, x.shape[-1] + 1))
    buffer = table.buffers[tensor.buffer].data
    if buffer is not None and len(buffer):
        yield "computed", computed(index)


def first(table):
    return table.subgraphs[0].operators[0]


def without_options(table):
    first(table).builtinOptions = None
    first(table).builtinOptionsType = 0


def set_option(field, value):
    return lambda t: setattr(first(t).builtinOptions, field, value)


def absent(number):
    return lambda t: first(t).inputs.__setitem__(number, -1)


def per_channel(tensor, count=None):
    count = count or int(tensor.shape[0])
    table = tensor.quantization
    table.scale = np.resize(table.scale, count).astype(np.float32)
    table.zeroPoint = np.resize(table.zeroPoint, count).astype(np.int64)
    table.quantizedDimension = 0


def more_dimensions(tensor, count):
    tensor.shape = np.array([1] * count + list(tensor.shape), np.int32)


def retake(index, change):
    """A change of the shape; a constant keeps as many bytes as it needs then."""

    def apply(table):
        tensor = table.subgraphs[0].tensors[index]
        before = int(np.prod(tensor.shape))
        change(tensor)
        resize(table, tensor, before, 1.0)

    return apply


def retyped(index, name):
    def apply(table):
        tensor = table.subgraphs[0].tensors[index]
        before = WIDTHS.get(tensor.type, 4)
        tensor.type = getattr(schema.TensorType, name)
        resize(table, tensor, int(np.prod(tensor.shape)), WIDTHS.get(tensor.type, 4) / before)

    return apply


WIDTHS = {
    getattr(schema.TensorType, name): width
    for name, width in (("FLOAT32", 4), ("INT8", 1), ("INT16", 2), ("INT32", 4), ("INT64", 8), ("UINT8", 1), ("BOOL", 1))
}


def resize(table, tensor, before, factor):
    buffer = table.buffers[tensor.buffer]
    if buffer.data is None or not len(buffer.data):
        return
    elements = int(np.prod(tensor.shape))
    count = int(len(buffer.data) / max(before, 1) * elements * factor)
    buffer = copy.deepcopy(buffer)
    buffer.data = np.resize(buffer.data, count).astype(np.uint8)
    table.buffers.append(buffer)
    tensor.buffer = len(table.buffers) - 1


def computed(index):
    def apply(table):
        table.subgraphs[0].tensors[index].buffer = 0
        table.subgraphs[0].inputs = np.append(table.subgraphs[0].inputs, index)

    return apply
