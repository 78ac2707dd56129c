import GraphIR
import Operators
import Tensors

extension Mul: PassOperator {
  static let passFacts = PassFacts.arithmetic(
    .rule(.arithmetic([.int8, .int16], clearedInt16Options: [])),
    versions: OperatorVersions(
      int8: { multipliesByOneOrMore($0, $1) ? 3 : 2 }, int16: { _, _ in 4 }, float16: 1, hybrid: nil),
    gradient: .rule { BinaryGradient(.mul, $0) },
    activation: .applied)

  /// Whether the product's scale is so small that results are multiplied by 1 or more.
  private static func multipliesByOneOrMore(_ node: Node, _ graph: Graph) -> Bool {
    let scales = (node.inputs.compactMap(\.self) + node.outputs).compactMap {
      graph[$0].quantization?.scales?.first
    }
    return scales.count == 3 && Double(scales[0]) * Double(scales[1]) / Double(scales[2]) >= 1
  }
}
