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
    guard node.outputs.count == 1, let site = OverlapSite(node, position, in: graph) else { return .disjoint }
    // A tensor that feeds two operands is read in two orders.
    guard node.inputs.filter({ $0 == node.inputs[position] }).count == 1 else { return .disjoint }
    return TFLMOperator[node.code]?.overlap.rule(site, for: kernels) ?? .disjoint
  }
}
