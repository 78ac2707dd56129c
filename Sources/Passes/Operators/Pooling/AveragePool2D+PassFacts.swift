import Operators

extension AveragePool2D: PassOperator {
  static let passFacts = PassFacts.pool(
    .rule(.sharing(.passage, [.int8, .int16])), versions: .integers(int8: 2, int16: 3),
    gradient: .rule { PoolGradient(isMax: false, $0) },
    equalization: .passesUnclamped)
}
