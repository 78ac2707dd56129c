package import GraphIR
import Operators
import Tensors

/// RELU, RELU6 or RELU_N1_TO_1 behind an operator that can clamp its own result:
/// clamp(f(x), a…b) is f with the activation a…b.
///
/// Two clamps in a row are one to the intersection, where that is an activation of the format. On floats
/// nothing changes. On integers the edit is made only where result and activation have the same scale and
/// zero point, and the activation maps every stored number that the operator can give as the operator's own
/// clamp would; all of them are tried.
package struct FuseActivation: RewriteRule {
  package static let name = "fuse-activation"

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    RewriteMatch { () throws(Refusal) in
      guard let added = context.graph[id].passFacts?.fusibleActivation, let ends = context.ends(of: id),
        let host = context.producer(of: ends.input)
      else { throw .noMatch }
      let node = context.graph[host]
      if case .ignored(let reason) = node.passFacts?.activation { throw Refusal(reason) }
      guard node.passFacts?.appliesActivation == true, node.outputs.count == 1, node.options != nil else {
        throw .noMatch
      }
      try context.requireOnlyUse(of: ends.input, by: id, "the result of \(context.label(host))")
      let first = FusedActivation(node.attributes)
      let both = try Self.intersection(first, added)
      if !context.isFloat(ends.input, ends.output) {
        try Self.requireSameNumbers(context, id, ends, first: first, both: both)
      }
      var edit = GraphEdit(of: context.graph, "fused into \(context.label(host))")
      edit[host] = node.with("fused_activation_function", both.rawValue).writing(ends.output)
      edit.remove(id)
      return edit
    }
  }

  /// The activation that clamps to what two of them let through.
  static func intersection(
    _ first: FusedActivation, _ second: FusedActivation
  ) throws(Refusal) -> FusedActivation {
    switch (first, second) {
    case (.none, _): return second
    case (.relu, .relu): return .relu
    case (.relu, .relu6), (.relu6, .relu), (.relu6, .relu6): return .relu6
    case (.reluN1To1, .reluN1To1): return .reluN1To1
    default: throw Refusal("no fused activation clamps as \(first) and \(second) together do")
    }
  }

  /// Checks that the activation's kernel gives for every stored number what the host's clamp would.
  private static func requireSameNumbers(
    _ context: RewriteContext, _ id: NodeID, _ ends: (input: ValueID, output: ValueID),
    first: FusedActivation, both: FusedActivation
  ) throws(Refusal) {
    let graph = context.graph
    guard context.haveEqualStorage(ends.input, ends.output), let stored = graph[ends.input].scaleAndZeroPoint
    else {
      throw Refusal("it has another scale or zero point than its operand, so that numbers are rounded twice")
    }
    guard let numbers = StoredNumberTable(context, [id], from: ends.input, to: ends.output) else {
      throw Refusal("not all of its \(graph[ends.input].elementType) numbers can be tried")
    }
    let before = first.quantizedRange(stored, type: numbers.inputRange)
    let after = both.quantizedRange(stored, type: numbers.inputRange)
    let wrong = before.count { numbers[$0] != clamp($0, to: after) }
    guard wrong == 0 else { throw Refusal("the operator's own clamp would change \(wrong) stored numbers") }
  }
}
