package import GraphIR
import Tensors

/// 3-D convolution: filter d×h×w×C×O. TFLM has no kernel for it, nor has nnopt.
package enum Conv3D: Operator {
  package static let builtin = BuiltinOperator.conv3D

  package static func multiplyAccumulates(of node: Node, in graph: Graph) -> Int {
    guard let filter = graph.inputShape(1, of: node), let output = graph.outputShape(0, of: node),
      filter.rank == 5
    else { return 0 }
    return output.elementCount.saturatingMultiply(filter[0]).saturatingMultiply(filter[1])
      .saturatingMultiply(filter[2]).saturatingMultiply(filter[3])
  }
}
