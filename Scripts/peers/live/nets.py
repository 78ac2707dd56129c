"""Writes quantized nets with random weights as .tflite files, operator by operator."""

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema

OPERATORS = schema.BuiltinOperator
INT8 = schema.TensorType.INT8
INT16 = schema.TensorType.INT16
RELU6 = schema.ActivationFunctionType.RELU6
NONE = schema.ActivationFunctionType.NONE
# Of operators whose kernels look at it; all others are as they first were.
VERSIONS = {OPERATORS.CONV_2D: 3, OPERATORS.DEPTHWISE_CONV_2D: 3, OPERATORS.FULLY_CONNECTED: 4, OPERATORS.ADD: 2,
            OPERATORS.MAX_POOL_2D: 2, OPERATORS.AVERAGE_POOL_2D: 2, OPERATORS.CONCATENATION: 2, OPERATORS.PAD: 2,
            OPERATORS.RESIZE_NEAREST_NEIGHBOR: 2, OPERATORS.TRANSPOSE: 2, OPERATORS.MEAN: 2, OPERATORS.MUL: 2,
            OPERATORS.SUB: 2, OPERATORS.LOGISTIC: 2}


class Net:
    """A graph in the making: every method adds an operator and returns its result."""

    def __init__(self, kind=INT8, seed=1):
        self.rng = np.random.default_rng(seed)
        self.kind = kind
        self.tensors, self.nodes, self.buffers, self.codes = [], [], [schema.BufferT()], []
        # By map: how far its numbers spread, so that no layer's answers are all the same.
        self.spread = {}

    def shape(self, x):
        return list(self.tensors[x].shape)

    def tensor(self, name, shape, kind, data=None, scale=None, zero=0, axis=0):
        tensor = schema.TensorT()
        tensor.name, tensor.shape, tensor.type, tensor.buffer = name, list(shape), kind, 0
        if data is not None:
            buffer = schema.BufferT()
            buffer.data = np.frombuffer(np.ascontiguousarray(data).tobytes(), np.uint8)
            self.buffers.append(buffer)
            tensor.buffer = len(self.buffers) - 1
        if scale is not None:
            table = schema.QuantizationParametersT()
            table.scale = np.atleast_1d(np.asarray(scale, np.float32))
            table.zeroPoint = np.full(len(table.scale), zero, np.int64)
            table.quantizedDimension = axis
            tensor.quantization = table
        self.tensors.append(tensor)
        return len(self.tensors) - 1

    def map(self, name, shape, scale, zero, spread):
        """A map whose numbers spread so far in steps of int8's; int16 has 256 for each, and no zero point."""
        if self.kind == INT16:
            scale, zero = scale / 256, 0
        value = self.tensor(name, shape, self.kind, scale=scale, zero=zero)
        self.spread[value] = spread
        return value

    def like(self, name, x, shape):
        """A map of the numbers of another."""
        table = self.tensors[x].quantization
        value = self.tensor(name, shape, self.kind, scale=table.scale, zero=int(table.zeroPoint[0]))
        self.spread[value] = self.spread[x]
        return value

    def integers(self, numbers, shape=None):
        data = np.asarray(numbers, np.int32)
        return self.tensor("numbers", shape or data.shape, schema.TensorType.INT32, data)

    def node(self, code, inputs, outputs, kind=None, **options):
        if code not in self.codes:
            self.codes.append(code)
        node = schema.OperatorT()
        node.opcodeIndex, node.inputs, node.outputs = self.codes.index(code), list(inputs), list(outputs)
        if kind:
            node.builtinOptionsType = getattr(schema.BuiltinOptions, kind)
            node.builtinOptions = getattr(schema, kind + "T")()
            for name, value in options.items():
                setattr(node.builtinOptions, name, value)
        self.nodes.append(node)
        return outputs[0]

    def weights(self, x, shape, taps, axis, scale, spread):
        """Weights and a bias for which the results spread so far at a scale."""
        count = shape[axis]
        data = self.rng.integers(-127, 128, shape, np.int8)
        gain = spread / (self.spread[x] * 73 * taps ** 0.5)
        own = float(self.tensors[x].quantization.scale[0])
        steps = 256 if self.kind == INT16 else 1
        scales = gain * scale / (own * steps) * self.rng.uniform(0.7, 1.4, count)
        value = self.tensor("weights", shape, INT8, data, scales, axis=axis)
        bias = np.round(self.rng.uniform(-spread, spread, count) * scale / (own * scales))
        wide = self.kind == INT16
        return value, self.tensor(
            "bias", (count,), schema.TensorType.INT64 if wide else schema.TensorType.INT32,
            bias.astype(np.int64 if wide else np.int32), own * scales)

    def window(self, x, taps, stride, padding):
        _, height, width, depth = self.shape(x)
        taps = [1 if size == 1 else taps for size in (height, width)]
        stride = [1 if size == 1 else stride for size in (height, width)]
        valid = padding == schema.Padding.VALID
        size = [(s - t) // d + 1 if valid else -(-s // d) for s, t, d in zip((height, width), taps, stride)]
        return taps, dict(padding=padding, strideH=stride[0], strideW=stride[1]), size, depth

    def convolution(self, x, channels, taps=1, stride=1, is_depthwise=False, activation=RELU6,
                    padding=schema.Padding.SAME, dilation=1):
        taps, options, size, depth = self.window(x, taps, stride, padding)
        limited = activation == RELU6
        scale, spread = (6 / 255, 80) if limited else (0.05, 40)
        zero = -128 if limited else int(self.rng.integers(-20, 20))
        count = taps[0] * taps[1]
        if is_depthwise:
            weights, bias = self.weights(x, (1, *taps, depth), count, 3, scale, spread)
        else:
            weights, bias = self.weights(x, (channels, *taps, depth), count * depth, 0, scale, spread)
        result = self.map("map%d" % len(self.nodes), (1, *size, depth if is_depthwise else channels), scale, zero, spread)
        options.update(fusedActivationFunction=activation, dilationHFactor=dilation, dilationWFactor=dilation)
        if is_depthwise:
            return self.node(OPERATORS.DEPTHWISE_CONV_2D, (x, weights, bias), (result,), "DepthwiseConv2DOptions",
                             depthMultiplier=1, **options)
        return self.node(OPERATORS.CONV_2D, (x, weights, bias), (result,), "Conv2DOptions", **options)

    def pool(self, x, taps, stride, is_average=False, padding=schema.Padding.SAME):
        taps, options, size, depth = self.window(x, taps, stride, padding)
        result = self.like("pool%d" % len(self.nodes), x, (1, *size, depth))
        code = OPERATORS.AVERAGE_POOL_2D if is_average else OPERATORS.MAX_POOL_2D
        return self.node(code, (x,), (result,), "Pool2DOptions", filterHeight=taps[0], filterWidth=taps[1],
                         fusedActivationFunction=NONE, **options)

    def pad(self, x):
        """As Keras' `correct_pad` for three taps: a row and a column more behind a map of even size, two around an odd one."""
        _, height, width, depth = self.shape(x)
        before = [size % 2 for size in (height, width)]
        result = self.like("padded%d" % len(self.nodes), x, (1, height + before[0] + 1, width + before[1] + 1, depth))
        paddings = self.integers([[0, 0], [before[0], 1], [before[1], 1], [0, 0]])
        return self.node(OPERATORS.PAD, (x, paddings), (result,), "PadOptions")

    def join(self, *maps):
        shape = self.shape(maps[0])[:3] + [sum(self.shape(x)[3] for x in maps)]
        result = self.like("joined%d" % len(self.nodes), maps[0], shape)
        return self.node(OPERATORS.CONCATENATION, maps, (result,), "ConcatenationOptions", axis=3, fusedActivationFunction=NONE)

    def repeat(self, x, rows, columns):
        _, height, width, depth = self.shape(x)
        size = (height * rows, width * columns)
        result = self.like("large%d" % len(self.nodes), x, (1, *size, depth))
        return self.node(OPERATORS.RESIZE_NEAREST_NEIGHBOR, (x, self.integers(size)), (result,),
                         "ResizeNearestNeighborOptions", alignCorners=False, halfPixelCenters=True)

    def binary(self, code, x, y):
        kind = {OPERATORS.ADD: "AddOptions", OPERATORS.MUL: "MulOptions", OPERATORS.SUB: "SubOptions"}[code]
        scale, zero, spread = {OPERATORS.MUL: (0.1, -5, 30)}.get(code, (0.06, 3, 50))
        result = self.map("both%d" % len(self.nodes), self.shape(x), scale, zero, spread)
        return self.node(code, (x, y), (result,), kind, fusedActivationFunction=NONE)

    def logistic(self, x):
        scale, zero = (256 / 32768, 0) if self.kind == INT16 else (1 / 256, -128)
        result = self.map("logistic%d" % len(self.nodes), self.shape(x), scale, zero, 60)
        return self.node(OPERATORS.LOGISTIC, (x,), (result,))

    def hard_swish(self, x):
        result = self.map("active%d" % len(self.nodes), self.shape(x), 0.03, -110, 60)
        return self.node(OPERATORS.HARD_SWISH, (x,), (result,), "HardSwishOptions")

    def transpose(self, x, order):
        result = self.like("turned%d" % len(self.nodes), x, [self.shape(x)[i] for i in order])
        return self.node(OPERATORS.TRANSPOSE, (x, self.integers(order)), (result,), "TransposeOptions")

    def reshape(self, x, shape):
        result = self.like("shaped%d" % len(self.nodes), x, shape)
        return self.node(OPERATORS.RESHAPE, (x, self.integers(shape)), (result,), "ReshapeOptions", newShape=list(shape))

    def image(self, *shape):
        return self.map("image", shape, 2 / 255, -1, 74)

    def mean(self, x):
        result = self.map("mean", (1, self.shape(x)[3]), 6 / 255, -128, 20)
        return self.node(OPERATORS.MEAN, (x, self.integers([1, 2])), (result,), "ReducerOptions", keepDims=False)

    def dense(self, x, count):
        size = self.shape(x)[1]
        weights, bias = self.weights(x, (count, size), size, 0, 0.05, 40)
        result = self.map("logits", (1, count), 0.05, 0, 40)
        return self.node(OPERATORS.FULLY_CONNECTED, (x, weights, bias), (result,), "FullyConnectedOptions",
                         fusedActivationFunction=NONE)

    def write(self, path, source, result):
        graph = schema.SubGraphT()
        graph.name, graph.tensors, graph.operators = "main", self.tensors, self.nodes
        graph.inputs, graph.outputs = [source], [result]
        model = schema.ModelT()
        model.version, model.subgraphs, model.buffers, model.operatorCodes = 3, [graph], self.buffers, []
        for code in self.codes:
            entry = schema.OperatorCodeT()
            entry.builtinCode, entry.deprecatedBuiltinCode, entry.version = code, min(code, 127), VERSIONS.get(code, 1)
            model.operatorCodes.append(entry)
        builder = flatbuffers.Builder(1 << 20)
        builder.Finish(model.Pack(builder), b"TFL3")
        with open(path, "wb") as file:
            file.write(builder.Output())
