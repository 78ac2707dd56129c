package import GraphIR
import Tensors

/// The overlap that the kernels of one library allow.
///
/// A kernel writes its output from front to back. The least distance is the largest excess, over all elements
/// in the order of writing, of the bytes written so far over the first input byte that is still to be read.
/// What a rule does not know is disjoint.
package struct OverlapRules: Sendable {
  package let kernels: KernelLibrary

  package init(_ kernels: KernelLibrary) { self.kernels = kernels }

  /// The rule between a node's only output and one of its inputs.
  ///
  /// Holds for each input alone, and for several at once: every element's inputs are read before it is
  /// written.
  package func rule(input position: Int, of node: Node, in graph: Graph) -> OverlapRule {
    rule(
      input: position, of: node, in: graph, isRepeated: node.inputs.count { $0 == node.inputs[position] } > 1)
  }

  /// The rules between a node's only output and each of its inputs.
  package func rules(of node: Node, in graph: Graph) -> [OverlapRule] {
    var counts: [ValueID: Int] = [:]
    for case let input? in node.inputs { counts[input, default: 0] += 1 }
    return node.inputs.indices.map { position in
      let isRepeated = node.inputs[position].map { counts[$0, default: 0] > 1 } ?? true
      return rule(input: position, of: node, in: graph, isRepeated: isRepeated)
    }
  }

  /// - Parameter isRepeated: whether the tensor feeds another operand too, and so is read in two orders.
  private func rule(
    input position: Int, of node: Node, in graph: Graph, isRepeated: Bool
  ) -> OverlapRule {
    guard !isRepeated, node.outputs.count == 1, let site = OverlapSite(node, position, in: graph) else {
      return .disjoint
    }
    return TFLMOperator[node.code]?.overlap.rule(site, for: kernels) ?? .disjoint
  }
}
