import GraphIR
import Tensors

/// Puts two thinner layers in the place of one.
enum FactorReplacement {
  /// Replaces a layer's node by two; nodes behind it move by one.
  static func make(_ factors: LayerFactors, for layer: LinearLayer, in edit: inout GraphEdit) {
    let graph = edit.graph
    let node = graph[layer.node]
    let name = graph[layer.output].name ?? "layer"
    let middle = edit.add(activation(factors, layer, graph, name: name + "/factor"))
    let (firstShape, secondShape) = shapes(factors, layer)
    let first = edit.add(constant(name + "/factor/weights", firstShape, factors.first))
    let second = edit.add(constant(name + "/weights", secondShape, factors.second))
    let bias = edit.add(constant(name + "/bias", [layer.outputChannels], factors.bias))
    var before = node
    before.inputs = [layer.input, first, nil]
    before.outputs = [middle]
    var after = node
    after.inputs = [middle, second, bias]
    setOptions(factors, layer, &before, &after)
    // LiteRT takes no CONV_2D without bias.
    if before.code.builtin == .conv2D, let channels = firstShape.first {
      let zeros = [Float](repeating: 0, count: channels)
      before.inputs[2] = edit.add(constant(name + "/factor/bias", [channels], zeros))
    }
    before.inputs = DropAbsentOperands.operands(of: before)
    edit[layer.node] = before
    edit.insert(after, before: NodeID(layer.node.index + 1))
  }

  private static func constant(_ name: String, _ dimensions: [Int], _ numbers: [Float]) -> Value {
    Value(
      name: name, dimensions: dimensions.map { Int32(clamping: $0) }, elementType: .float32,
      data: TensorData(floats: numbers))
  }

  private static func activation(
    _ factors: LayerFactors, _ layer: LinearLayer, _ graph: Graph, name: String
  ) -> Value {
    var value = graph[layer.output]
    value.name = name
    value.quantization = nil
    var shape = value.dimensions ?? []
    switch factors.form {
    case .narrow(let rank): setLast(&shape, rank)
    case .depthwise(let multiplier): setLast(&shape, layer.inputChannels * multiplier)
    case .separable(let rank):
      setLast(&shape, rank)
      shape[2] = Int32(clamping: layer.columns.input)
    }
    value.dimensions = shape
    value.shapeSignature = nil
    return value
  }

  private static func setLast(_ shape: inout [Int32], _ count: Int) {
    if !shape.isEmpty { shape[shape.count - 1] = Int32(clamping: count) }
  }

  private static func shapes(_ factors: LayerFactors, _ layer: LinearLayer) -> (first: [Int], second: [Int]) {
    let (height, width, depth) = (layer.rows.taps, layer.columns.taps, layer.inputChannels)
    let outputs = layer.outputChannels
    switch (factors.form, layer.kind) {
    case (.narrow(let rank), .dense): return ([rank, layer.rowLength], [outputs, rank])
    case (.narrow(let rank), _): return ([rank, height, width, depth], [outputs, 1, 1, rank])
    case (.separable(let rank), _): return ([rank, height, 1, depth], [outputs, 1, width, rank])
    case (.depthwise(let multiplier), _):
      return ([1, height, width, depth * multiplier], [outputs, 1, 1, depth * multiplier])
    }
  }

  /// The first layer keeps padding and strides and has no activation; the second keeps the activation.
  private static func setOptions(
    _ factors: LayerFactors, _ layer: LinearLayer, _ before: inout Node, _ after: inout Node
  ) {
    before.options?.record["fused_activation_function"] = nil
    if case .dense = layer.kind { return }
    switch factors.form {
    case .narrow: setStride(&after, height: 1, width: 1)
    case .separable:
      setStride(&before, height: layer.rows.stride, width: 1)
      setStride(&after, height: 1, width: layer.columns.stride)
      return
    case .depthwise(let multiplier):
      setStride(&after, height: 1, width: 1)
      let kept = before.attributes.fields.filter { ["padding", "stride_w", "stride_h"].contains($0.name) }
      let fields = kept + [.init(name: "depth_multiplier", value: .integer(Int64(multiplier)))]
      before.code = OperatorCode(.depthwiseConv2D)
      before.codeIndex = nil
      before.options = Node.Options(.depthwiseConv2D, Record("DepthwiseConv2DOptions", fields))
    }
    after.options?.record["dilation_h_factor"] = nil
    after.options?.record["dilation_w_factor"] = nil
  }

  private static func setStride(_ node: inout Node, height: Int, width: Int) {
    node.options?.record["stride_w"] = .integer(Int64(width))
    node.options?.record["stride_h"] = .integer(Int64(height))
  }
}
