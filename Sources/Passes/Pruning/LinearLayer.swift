import GraphIR
import Operators
import Tensors

/// A CONV_2D, DEPTHWISE_CONV_2D or FULLY_CONNECTED of float32 with constant weights: a linear map from a
/// row of inputs to a row of outputs at every position.
struct LinearLayer: Sendable {
  enum Kind: Sendable {
    case convolution
    /// One row for each output channel: the taps over its input channel.
    case depthwise(multiplier: Int)
    case dense
  }

  let node: NodeID
  let kind: Kind
  let input: ValueID
  let weights: ValueID
  let bias: ValueID?
  private let biasPosition: Int
  let output: ValueID
  let rows: Window
  let columns: Window
  let inputChannels: Int
  let outputChannels: Int
  /// Numbers in a row of inputs.
  let rowLength: Int

  /// Positions of one sample: rows of inputs, and of outputs.
  var positionCount: Int { rows.output * columns.output }

  /// - Returns: nil for other operators, other types, weights that are computed, several groups, and a
  ///   batch other than 1.
  init?(_ id: NodeID, in graph: Graph) {
    let node = graph[id]
    guard let operands = node.passFacts?.layer, let ownKind = Self.kind(operands, node, graph),
      let input = node.operand(operands.input), let weights = node.operand(operands.filter),
      let output = node.outputs.first,
      [input, weights, output].allSatisfy({ graph[$0].elementType == .float32 }),
      graph[weights].isConstant, !graph[weights].isVariable, graph[weights].attachments.sparsity == nil,
      graph[weights].data.byteCount == graph[weights].byteCount, let filter = graph[weights].shape,
      let source = graph[input].shape, let target = graph[output].shape, filter.elementCount > 0,
      target.elementCount > 0
    else { return nil }
    let bias = node.operand(operands.bias)
    if let bias, !Self.isBias(graph[bias], of: ownKind, filter) { return nil }
    self.node = id
    kind = ownKind
    biasPosition = operands.bias
    self.input = input
    self.weights = weights
    self.bias = bias
    self.output = output
    if case .dense = ownKind {
      guard filter.rank == 2, source.elementCount % filter[1] == 0, target.elementCount % filter[0] == 0,
        let point = try? Window(input: 1, output: 1, taps: 1, stride: 1),
        let line = try? Window(
          input: target.elementCount / filter[0], output: target.elementCount / filter[0], taps: 1, stride: 1)
      else { return nil }
      (rows, columns) = (line, point)
      (inputChannels, outputChannels, rowLength) = (filter[1], filter[0], filter[1])
      return
    }
    guard filter.rank == 4, source.rank == 4, target.rank == 4, source[0] == 1, target[0] == 1,
      let rows = Self.window(node, source[1], target[1], filter[1], "stride_h", "dilation_h_factor"),
      let columns = Self.window(node, source[2], target[2], filter[2], "stride_w", "dilation_w_factor")
    else { return nil }
    (self.rows, self.columns, inputChannels) = (rows, columns, source[3])
    let taps = filter[1] * filter[2]
    if case .depthwise = ownKind {
      guard source[3] > 0, filter[0] == 1, filter[3] % source[3] == 0, target[3] == filter[3] else {
        return nil
      }
      (outputChannels, rowLength) = (filter[3], taps)
    } else {
      guard filter[3] == source[3], target[3] == filter[0] else { return nil }
      (outputChannels, rowLength) = (filter[0], taps * filter[3])
    }
  }

  /// Whether a value is a constant with a float for each output channel.
  private static func isBias(_ value: Value, of kind: Kind, _ filter: Shape) -> Bool {
    let axis = if case .depthwise = kind { 3 } else { 0 }
    guard value.isConstant, value.elementType == .float32, value.data.byteCount == value.byteCount,
      filter.dimensions.indices.contains(axis)
    else { return false }
    return value.data.byteCount == filter[axis].saturatingMultiply(4)
  }

  private static func kind(_ operands: LayerOperands, _ node: Node, _ graph: Graph) -> Kind? {
    switch operands.kind {
    case .convolution: return .convolution
    case .dense: return node.attributes.integer("weights_format") == 0 ? .dense : nil
    case .depthwise:
      guard let input = graph.inputShape(operands.input, of: node),
        let filter = graph.inputShape(operands.filter, of: node),
        input.rank == 4, filter.rank == 4, input[3] > 0
      else { return nil }
      return .depthwise(multiplier: filter[3] / input[3])
    case .transposed: return nil
    }
  }

  private static func window(
    _ node: Node, _ input: Int, _ output: Int, _ taps: Int, _ stride: String, _ dilation: String
  ) -> Window? {
    try? Window(
      input: input, output: output, taps: taps, stride: node.attributes.integer(stride),
      dilation: node.attributes.integer(dilation, default: 1))
  }

  /// A tap of the window at a position, and the first number of the input that it meets.
  typealias Tap = (tap: Int, pixel: Int)

  /// The taps that meet the input at a position; those in the padding are left out. Of a dense layer the whole row.
  func taps(at position: Int) -> [Tap] {
    if case .dense = kind { return [(0, position * rowLength)] }
    let (top, left) = (position / columns.output, position % columns.output)
    var taps: [Tap] = []
    for tapRow in rows.validTaps(at: top) {
      let line = (top * rows.stride - rows.paddingBefore + tapRow * rows.dilation) * columns.input
      for tapColumn in columns.validTaps(at: left) {
        let column = left * columns.stride - columns.paddingBefore + tapColumn * columns.dilation
        taps.append((tapRow * columns.taps + tapColumn, (line + column) * inputChannels))
      }
    }
    return taps
  }

  /// Writes the row of inputs that taps meet over zeros.
  ///
  /// - Parameters:
  ///   - channel: the output channel, for a depthwise layer; others ignore it.
  ///   - start: where in `elements` the row of `rowLength` numbers begins.
  func fill(
    _ elements: inout [Double], from start: Int, taps: [Tap], of input: [Float], channel: Int
  ) {
    if case .depthwise(let multiplier) = kind {
      let plane = channel / multiplier
      for (tap, pixel) in taps { elements[start + tap] = Double(input[pixel + plane]) }
      return
    }
    let width = if case .dense = kind { rowLength } else { inputChannels }
    for (tap, pixel) in taps {
      let first = start + tap * width
      for index in 0..<width { elements[first + index] = Double(input[pixel + index]) }
    }
  }

  /// Weights and biases as a matrix, (rowLength+1)×outputs with the biases last.
  func matrix(in graph: Graph) -> Matrix {
    let stored = graph[weights].data.elements(Float.self)
    let biases = bias.map { graph[$0].data.elements(Float.self) }
    var result = Matrix(rows: rowLength + 1, columns: outputChannels)
    for output in 0..<outputChannels {
      for index in 0..<rowLength { result[index, output] = Double(stored[place(index, output)]) }
      result[rowLength, output] = Double(biases?[output] ?? 0)
    }
    return result
  }

  /// Stores a matrix as weights and biases; a layer without bias gets one only where it is needed.
  func store(_ matrix: Matrix, in edit: inout GraphEdit) {
    var stored = [Float](repeating: 0, count: rowLength * outputChannels)
    for output in 0..<outputChannels {
      for index in 0..<rowLength { stored[place(index, output)] = Float(matrix[index, output]) }
    }
    edit[weights].data = TensorData(floats: stored)
    let biases = (0..<outputChannels).map { Float(matrix[rowLength, $0]) }
    if let bias {
      edit[bias].data = TensorData(floats: biases)
    } else if biases.contains(where: { $0 != 0 }) {
      while edit[node].inputs.count <= biasPosition { edit[node].inputs.append(nil) }
      edit[node].inputs[biasPosition] = edit.add(
        Value(
          name: edit[output].name.map { $0 + "/bias" }, dimensions: [Int32(clamping: outputChannels)],
          elementType: .float32, data: TensorData(floats: biases)))
    }
  }

  /// Where a weight stands in the file's order.
  private func place(_ index: Int, _ output: Int) -> Int {
    if case .depthwise = kind { return index * outputChannels + output }
    return output * rowLength + index
  }
}

extension TensorData {
  /// Little-endian float32 elements.
  convenience init(floats: [Float]) {
    self.init(integers: floats.map { Int32(bitPattern: $0.bitPattern) })
  }

  /// Little-endian int32 elements.
  convenience init(integers: [Int32]) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4 * integers.count)
    for integer in integers {
      for shift in stride(from: 0, to: 32, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: integer >> Int32(shift)))
      }
    }
    self.init(bytes)
  }
}
