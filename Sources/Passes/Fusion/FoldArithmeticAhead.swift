package import GraphIR
import Tensors

/// MUL, DIV, ADD or SUB with a constant before CONV_2D, DEPTHWISE_CONV_2D or FULLY_CONNECTED, such as the
/// normalization of an image, folded into weights and bias.
///
/// W·(s⊙x + t) + b = (W·diag(s))·x + (b + W·t), with s and t by input channel, or one for all. With an offset t
/// the layer must not pad: its zeros stand for values behind the arithmetic. Float only; answers change by
/// rounding.
package struct FoldArithmeticAhead: RewriteRule {
  package static let name = "fold-arithmetic-ahead"

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    RewriteMatch { () throws(Refusal) in
      let graph = context.graph
      guard let output = graph[id].outputs.first, let layer = Convolved(context, writing: output),
        layer.operands.kind != .transposed, let middle = context.input(0, of: graph[id]),
        let first = context.node(.add, .mul, .sub, .div, writing: middle), context.isFloat(middle),
        let depth = context.dimensions(middle)?.last, depth > 0
      else { throw .noMatch }
      let builtin = graph[first].code.builtin
      let pairs = context.operandPairs(of: first, isCommutative: builtin != .div)
      guard let (source, constant) = pairs.first(where: { context.floats($0.1) != nil }),
        let numbers = context.floats(constant), context.dimensions(source) == context.dimensions(middle)
      else { throw .noMatch }
      try context.requireOnlyUse(of: middle, by: id, "the result of \(context.label(first))")
      guard context.activation(of: first) == 0 else {
        throw Refusal("\(context.label(first)) applies an activation")
      }
      guard numbers.count == 1 || numbers.count == depth && context.dimensions(constant)?.last == depth else {
        throw Refusal("the constant of \(context.label(first)) differs along other axes than the channels")
      }
      let change = try FoldArithmetic.change(
        builtin, isReversed: builtin == .sub && source != graph[first].inputs[0],
        numbers.count == depth ? numbers : [Float](repeating: numbers[0], count: depth))
      var edit = GraphEdit(of: graph, "\(context.label(first)) folded into its weights and bias")
      let node = try Self.folding(change, layer, depth: depth, context, &edit)
      edit[id] = node.reading(source)
      edit.remove(first)
      return edit
    }
  }

  private static func folding(
    _ change: FoldArithmetic.Change, _ layer: Convolved, depth: Int, _ context: RewriteContext,
    _ edit: inout GraphEdit
  ) throws(Refusal) -> Node {
    let (filter, weights, stored) = try layer.constants(context)
    let shape = context.dimensions(filter) ?? []
    let isGrouped = layer.operands.kind == .convolution && shape.last != depth
    guard !isGrouped, layer.isChannelLast ? layer.channels % depth == 0 : weights.count % depth == 0 else {
      throw Refusal("its groups read other channels each")
    }
    if change.offset.contains(where: { $0 != 0 }) {
      let isPadded =
        layer.operands.kind != .dense && layer.node.attributes.integer("padding") == 0
        && shape.dropFirst().prefix(2).contains { $0 != 1 }
      guard !isPadded else { throw Refusal("it pads with zeros, to which nothing is added") }
    }
    let perChannel = weights.count / layer.channels
    let multiplier = max(1, layer.channels / depth)
    var scaled = weights
    var bias = stored.map(Double.init)
    for (index, weight) in weights.enumerated() {
      let output = layer.isChannelLast ? index % layer.channels : index / perChannel
      let input = layer.isChannelLast ? output / multiplier : index % depth
      scaled[index] = weight * change.scale[input]
      bias[output] += Double(weight) * Double(change.offset[input])
    }
    let shifted = bias.map { Float($0) }
    guard (scaled + shifted).allSatisfy(\.isFinite) else { throw Refusal("the folded weights overflow") }
    if scaled != weights { edit[filter] = context.graph[filter].with(scaled) }
    return shifted == stored ? layer.node : try layer.replacingBias(shifted, context, &edit)
  }
}
