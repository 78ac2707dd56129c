import GraphIR
import Tensors

/// An operator that computes W·x + b, with its operands: what rules fold arithmetic into.
struct Convolved {
  let id: NodeID
  let node: Node
  let channels: Int
  let operands: LayerOperands

  /// The convolution or fully connected layer that writes a value, or nil where another operator does.
  init?(_ context: RewriteContext, writing value: ValueID) {
    guard let id = context.producer(of: value), let last = context.dimensions(value)?.last else { return nil }
    let node = context.graph[id]
    guard let operands = node.passFacts?.layer, node.outputs.count == 1, node.options != nil, last > 0 else {
      return nil
    }
    self.id = id
    self.node = node
    self.operands = operands
    channels = last
  }

  /// Whether the output channel is the filter's last axis, not its first.
  var isChannelLast: Bool { operands.channelAxis != 0 }

  /// The node with W and b changed so that it gives scale·y + offset for y.
  ///
  /// - Parameter edit: gets the new constants.
  func folding(
    _ change: FoldArithmetic.Change, _ context: RewriteContext, _ edit: inout GraphEdit
  ) throws(Refusal) -> Node {
    let (filter, weights, bias) = try constants(context)
    let perChannel = weights.count / channels
    let scaled = weights.enumerated().map { index, weight in
      weight * change.scale[isChannelLast ? index % channels : index / perChannel]
    }
    let shifted = bias.indices.map { bias[$0] * change.scale[$0] + change.offset[$0] }
    guard (scaled + shifted).allSatisfy(\.isFinite) else { throw Refusal("the folded weights overflow") }
    if change.scale.contains(where: { $0 != 1 }) {
      edit[filter] = context.graph[filter].with(scaled)
    }
    return try replacingBias(shifted, context, &edit)
  }

  /// The filter with its elements, and the bias, zeros where there is none.
  ///
  /// - Throws: a refusal where one of them is computed, not float32, or used by others.
  func constants(
    _ context: RewriteContext
  ) throws(Refusal) -> (filter: ValueID, weights: [Float], bias: [Float]) {
    guard let filter = context.input(operands.filter, of: node) else { throw .noMatch }
    guard let weights = context.floats(filter) else {
      let producer = context.producer(of: filter).map { "computed by \(context.label($0))" }
      throw Refusal("the weights are \(producer ?? "\(context.graph[filter].elementType), not float32")")
    }
    guard !weights.isEmpty, weights.count % channels == 0 else { throw Refusal("the weights do not fit") }
    try context.requireUnshared(filter, usedBy: id, "the filter of \(context.label(id))")
    guard let value = context.input(operands.bias, of: node) else {
      return (filter, weights, [Float](repeating: 0, count: channels))
    }
    guard let bias = context.floats(value), bias.count == channels else {
      throw Refusal("the bias is computed or not float32")
    }
    return (filter, weights, bias)
  }

  /// The node with another bias, added where it has none and the new one is not zero.
  func replacingBias(
    _ bias: [Float], _ context: RewriteContext, _ edit: inout GraphEdit
  ) throws(Refusal) -> Node {
    var result = node
    if let value = context.input(operands.bias, of: node) {
      try context.requireUnshared(value, usedBy: id, "the bias of \(context.label(id))")
      edit[value] = context.graph[value].with(bias)
      return result
    }
    guard bias.contains(where: { $0 != 0 }) else { return result }
    let name = context.graph[node.outputs[0]].name.map { $0 + "/bias" }
    let added = edit.add(
      Value(name: name, dimensions: [Int32(clamping: channels)], elementType: .float32).with(bias))
    while result.inputs.count <= operands.bias { result.inputs.append(nil) }
    result.inputs[operands.bias] = added
    if node.code.version < operands.biasVersion {
      result.code = OperatorCode(
        node.code.builtin, version: operands.biasVersion, isWide: node.code.isWide)
    }
    return result
  }
}
