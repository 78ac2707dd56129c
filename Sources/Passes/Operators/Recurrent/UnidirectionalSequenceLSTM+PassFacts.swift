import GraphIR
import Operators

extension UnidirectionalSequenceLSTM: PassOperator {
  private static let operands = RecurrentOperands(
    kind: .lstm, own: 1..<24, hybrid: 1..<9, hasAsymmetricInputs: true)

  static let passFacts = PassFacts(
    quantization: .rule(.recurrent([.int8, .int16]) { LSTMOperands($0, in: $1).refusal }),
    versions: OperatorVersions(
      int8: { _, _ in 1 },
      int16: { node, graph in
        // The cell of an int8 LSTM is int16 too.
        node.inputs.first?.map { graph[$0].elementType } == .int16 ? 5 : 1
      }, float16: 1,
      hybrid: { node, _ in node.hasAsymmetricInputs ? 3 : 2 }),
    gradient: .none(because: "its state lasts from step to step"),
    channels: .unknown,
    equalization: .ends,
    activation: .none,
    weights: .recurrent(operands),
    movement: .computes)
}
