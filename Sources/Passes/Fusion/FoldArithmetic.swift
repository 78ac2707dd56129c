package import GraphIR
import Tensors

/// Batch normalization left as MUL, DIV, ADD or SUB with a constant behind CONV_2D, DEPTHWISE_CONV_2D,
/// FULLY_CONNECTED or TRANSPOSE_CONV, folded into weights and bias.
///
/// With y = W·x + b and a constant c for each output channel, or one for all:
/// y·c = (c·W)·x + c·b; y/c likewise with 1/c; y + c = W·x + (b + c); y − c = W·x + (b − c);
/// c − y = (−W)·x + (c − b). The activation of the folded operator becomes that of the convolution.
///
/// Float only; answers change by the rounding of the folded weights, relative error 2⁻²³ each.
package struct FoldArithmetic: RewriteRule {
  package static let name = "fold-arithmetic"

  /// y → scale·y + offset, by output channel.
  struct Change {
    var scale: [Float]
    var offset: [Float]
  }

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    RewriteMatch { () throws(Refusal) in
      let graph = context.graph
      let builtin = graph[id].code.builtin
      guard [.add, .mul, .sub, .div].contains(builtin) else { throw .noMatch }
      let isCommutative = builtin == .add || builtin == .mul
      let pairs = context.operandPairs(of: id, isCommutative: isCommutative || builtin == .sub)
      guard let pair = pairs.first(where: { Convolved(context, writing: $0.0) != nil }),
        let host = Convolved(context, writing: pair.0), context.isFloat(pair.0, pair.1),
        graph[id].outputs.count == 1
      else { throw .noMatch }
      guard let constant = context.floats(pair.1) else {
        guard let producer = context.node(.dequantize, writing: pair.1) else { throw .noMatch }
        throw Refusal("its constant is computed by \(context.label(producer))")
      }
      let change = try Self.change(
        builtin, isReversed: builtin == .sub && graph[id].inputs[0] == pair.1,
        try Self.byChannel(constant, context, pair, channels: host.channels))
      try context.requireOnlyUse(of: pair.0, by: id, "the result of \(context.label(host.id))")
      guard context.activation(of: host.id) == 0 else {
        throw Refusal("\(context.label(host.id)) applies its activation before")
      }
      var edit = GraphEdit(of: graph, "folded into the weights and bias of \(context.label(host.id))")
      let node = try host.folding(change, context, &edit)
      edit[host.id] = node.with("fused_activation_function", context.activation(of: id)).writing(
        graph[id].outputs[0])
      edit.remove(id)
      return edit
    }
  }

  private static func byChannel(
    _ constant: [Float], _ context: RewriteContext, _ pair: (ValueID, ValueID), channels: Int
  ) throws(Refusal) -> [Float] {
    let shape = context.dimensions(pair.1) ?? []
    let rank = context.dimensions(pair.0)?.count ?? 0
    guard shape.count <= rank || constant.count == 1 else {
      throw Refusal("the constant has more axes than the result it meets")
    }
    if constant.count == 1 { return [Float](repeating: constant[0], count: channels) }
    guard constant.count == channels, shape.last == channels else {
      throw Refusal("the constant differs along other axes than the channels")
    }
    return constant
  }

  static func change(
    _ builtin: BuiltinOperator, isReversed: Bool, _ constant: [Float]
  ) throws(Refusal) -> Change {
    let ones = constant.map { _ in Float(1) }
    let zeros = constant.map { _ in Float(0) }
    let change: Change =
      switch builtin {
      case .mul: Change(scale: constant, offset: zeros)
      case .div: Change(scale: constant.map { 1 / $0 }, offset: zeros)
      case .add: Change(scale: ones, offset: constant)
      default:
        isReversed
          ? Change(scale: ones.map { -$0 }, offset: constant)
          : Change(scale: ones, offset: constant.map { -$0 })
      }
    guard (change.scale + change.offset).allSatisfy(\.isFinite) else {
      throw Refusal("the constant is zero, infinite or no number somewhere")
    }
    return change
  }
}
