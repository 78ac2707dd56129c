import GraphIR
import Operators

extension SVDF: PassOperator {
  private static let operands = RecurrentOperands(
    kind: .svdf, own: 1..<5, hybrid: 1..<1, hasAsymmetricInputs: true)

  static let passFacts = PassFacts(
    quantization: .rule(.recurrent([.int8]) { SVDFOperands($0, in: $1).refusal }),
    versions: OperatorVersions(
      int8: { _, _ in 3 },
      int16: { node, graph in
        // The state of an int8 SVDF is int16.
        node.inputs.first?.map { graph[$0].elementType } == .int8 ? 3 : 1
      }, float16: 1,
      hybrid: { node, _ in node.hasAsymmetricInputs ? 4 : 2 }),
    gradient: .none(because: "its state lasts from step to step"),
    channels: .unknown,
    equalization: .ends,
    activation: .none,
    weights: .recurrent(operands),
    movement: .computes)
}
