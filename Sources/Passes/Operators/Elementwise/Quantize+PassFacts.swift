import GraphIR
import Operators

extension Quantize: PassOperator {
  private static let version: OperatorVersions.Version = { node, graph in
    node.outputs.first.map { graph[$0].elementType } == .int16 ? 2 : 1
  }

  static let passFacts = PassFacts(
    quantization: .noKernel,
    versions: OperatorVersions(
      int8: version, int16: version, float16: 1, hybrid: nil),
    gradient: .integers,
    channels: .unknown,
    equalization: .ends,
    activation: .none,
    weights: .none,
    movement: .computes)
}
