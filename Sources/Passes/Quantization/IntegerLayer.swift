import Execution
import GraphIR
import Tensors

/// A layer with int8 weights beside int8 activations, in a model that was quantized before.
struct IntegerLayer {
  let node: NodeID
  let operands: LayerOperands
  let input: ValueID
  let output: ValueID
  let filter: ValueID
  /// int32; nil for none.
  let bias: ValueID?
  let inputScale: Float
  let outputScale: Float
  /// The scale of the weights of each output channel.
  let filterScales: [Float]

  /// - Parameter readers: how many read each value; constants that others read too stay as they are.
  /// - Returns: nil for other operators, types, weights that are computed or shared, and scales that do not fit.
  init?(_ id: NodeID, in graph: Graph, readers: [Int]) {
    let node = graph[id]
    guard let operands = node.passFacts?.layer, let input = node.operand(operands.input),
      let filter = node.operand(operands.filter), let output = node.outputs.first,
      [input, filter, output].allSatisfy({ graph[$0].elementType == .int8 }),
      let inputScale = graph[input].quantization?.scales?.first,
      let outputScale = graph[output].quantization?.scales?.first,
      let scales = graph[filter].quantization?.scales,
      Self.isOwn(graph[filter], readers[filter.index]), let shape = graph[filter].shape
    else { return nil }
    guard shape.dimensions.indices.contains(operands.channelAxis) else { return nil }
    let channels = shape[operands.channelAxis]
    let bias = node.operand(operands.bias)
    guard scales.count == channels || scales.count == 1,
      (scales + [inputScale, outputScale]).allSatisfy({ $0 > 0 && $0.isFinite }),
      graph[filter].quantization?.zeroPoints?.allSatisfy({ $0 == 0 }) ?? true
    else { return nil }
    if let bias {
      guard graph[bias].elementType == .int32, Self.isOwn(graph[bias], readers[bias.index]),
        graph[bias].shape?.elementCount == channels
      else { return nil }
    }
    (self.node, self.operands, self.input, self.output) = (id, operands, input, output)
    (self.filter, self.bias) = (filter, bias)
    (self.inputScale, self.outputScale) = (inputScale, outputScale)
    filterScales = scales.count == channels ? scales : [Float](repeating: scales[0], count: channels)
  }

  /// Whether a constant is there, and one node reads it.
  private static func isOwn(_ value: Value, _ readers: Int) -> Bool {
    readers == 1 && value.isConstant && !value.isVariable && value.attachments.sparsity == nil
      && value.data.byteCount == value.byteCount && value.byteCount > 0
  }

  /// The layers of a graph that may have 4-bit weights.
  static func narrowable(_ graph: Graph) -> [IntegerLayer] {
    var readers = [Int](repeating: 0, count: graph.values.count)
    for value in graph.nodes.flatMap(\.inputs) + graph.inputs + graph.outputs {
      if let value { readers[value.index] += 1 }
    }
    return QuantizationRewriter.narrowable(graph).compactMap { IntegerLayer($0, in: graph, readers: readers) }
  }

  /// The weights as the real numbers that they stand for.
  func realWeights(in graph: Graph) -> Value {
    var value = graph[filter]
    let floats = Dequantizer(value)?.floats(value.data.elements(UInt8.self)) ?? []
    value.elementType = .float32
    value.data = TensorData(floats.map(\.bitPattern).littleEndianBytes)
    value.quantization = nil
    return value
  }

  /// The bias as the real numbers that it stands for: it is stored in units of input times weight.
  func realBias(in graph: Graph) -> [Double] {
    guard let bias else { return [] }
    return zip(graph[bias].data.elements(Int32.self), filterScales).map {
      Double($0) * Double(inputScale) * Double($1)
    }
  }

  /// Shows the layer to what looks at float layers.
  func showAsFloat(_ edit: inout GraphEdit, _ graph: Graph) {
    for value in [input, output] {
      edit[value].elementType = .float32
      edit[value].quantization = nil
    }
    edit[filter] = realWeights(in: graph)
    guard let bias else { return }
    edit[bias].elementType = .float32
    edit[bias].data = TensorData(realBias(in: graph).map { Float($0).bitPattern }.littleEndianBytes)
    edit[bias].quantization = nil
  }
}
