package import GraphIR
import Tensors

/// Operators that give what they get: RESHAPE to the same shape, TRANSPOSE that moves nothing, QUANTIZE to
/// the same numbers, CAST to the same type, PAD by nothing, SLICE and STRIDED_SLICE of everything, a
/// CONCATENATION or SPLIT of one part, TILE by one, x + 0, x − 0, x · 1, x / 1.
///
/// Exact for all types; x + 0 on floats may turn −0 into 0. Readers of the result read the operand; where
/// the result is an output of the model, the operand's producer writes it.
package struct RemoveIdentity: RewriteRule {
  package static let name = "remove-identity"

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    RewriteMatch { () throws(Refusal) in
      guard let input = Self.source(of: id, in: context), let output = context.graph[id].outputs.first,
        context.graph[id].outputs.count == 1,
        context.dimensions(input) == context.dimensions(output),
        context.graph[input].dimensions?.count == context.graph[output].dimensions?.count
      else { throw .noMatch }
      guard context.haveEqualStorage(input, output) else { throw .noMatch }
      return try context.bypassing(id, from: input, to: output, "it gives what it gets")
    }
  }

  /// The operand that comes out again, if any.
  private static func source(of id: NodeID, in context: RewriteContext) -> ValueID? {
    let node = context.graph[id]
    guard let input = context.input(node.code.builtin == .split ? 1 : 0, of: node) else { return nil }
    let second = context.integers(context.input(1, of: node))
    switch node.code.builtin {
    case .reshape, .squeeze, .expandDims, .quantize, .cast, .broadcastTo: return input
    case .transpose:
      let rank = context.dimensions(input)?.count ?? 0
      return second.map { $0.map { $0 < 0 ? $0 + rank : $0 } } == Array(0..<rank) ? input : nil
    case .pad, .padv2, .mirrorPad: return second?.allSatisfy { $0 == 0 } == true ? input : nil
    case .tile: return second?.allSatisfy { $0 == 1 } == true ? input : nil
    case .slice: return second?.allSatisfy { $0 == 0 } == true ? input : nil
    case .stridedSlice:
      // Strides of 1 to a result of the operand's shape start at its first element.
      let strides = context.integers(context.input(3, of: node))
      let isPlain = node.attributes.integer("ellipsis_mask") == 0 && !node.attributes.bool("offset")
      return isPlain && strides?.allSatisfy { $0 == 1 } == true ? input : nil
    case .concatenation:
      return node.inputs.count == 1 && context.activation(of: id) == 0 ? input : nil
    case .split: return node.outputs.count == 1 ? input : nil
    case .add, .mul: return neutral(id, isCommutative: true, context)
    case .sub, .div: return neutral(id, isCommutative: false, context)
    default: return nil
    }
  }

  /// The operand that meets the operation's neutral number.
  private static func neutral(_ id: NodeID, isCommutative: Bool, _ context: RewriteContext) -> ValueID? {
    guard context.activation(of: id) == 0 else { return nil }
    let builtin = context.graph[id].code.builtin
    let neutral: Float = builtin == .add || builtin == .sub ? 0 : 1
    return context.operandPairs(of: id, isCommutative: isCommutative).first {
      context.isFloat($0.0, $0.1) && context.uniform($0.1) == neutral
    }?.0
  }
}

extension RewriteContext {
  /// An edit that removes a node whose result equals a value.
  ///
  /// - Throws: a refusal where both are seen from outside the graph, so that a copy is needed.
  func bypassing(
    _ id: NodeID, from input: ValueID, to output: ValueID, _ summary: String, removing others: [NodeID] = []
  ) throws(Refusal) -> GraphEdit {
    var edit = GraphEdit(of: graph, summary)
    edit.remove(id)
    for other in others { edit.remove(other) }
    guard isPort[output.index] else {
      edit.redirect(output, to: input)
      return edit
    }
    guard let producer = producer(of: input), !others.contains(producer), !isPort[input.index],
      !graph[input].isVariable
    else {
      throw Refusal("it copies \(isConstant(input) ? "a constant" : "an input") to an output of the model")
    }
    // The producer writes the output instead; other readers of the operand read the output.
    var writer = graph[producer]
    writer.outputs = writer.outputs.map { $0 == input ? output : $0 }
    edit[producer] = writer
    edit.redirect(input, to: output)
    return edit
  }
}
