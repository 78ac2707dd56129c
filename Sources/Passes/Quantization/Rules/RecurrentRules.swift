import GraphIR
import Tensors

/// Recurrent operators with state: the rewriter quantizes their weights and states by rules of their own.
enum RecurrentRules {
  static let all: [QuantizationRule] = [
    QuantizationRule(builtin: .unidirectionalSequenceLSTM, types: [.int8, .int16]) { node, graph in
      LSTMOperands(node, in: graph).refusal
    },
    QuantizationRule(builtin: .svdf) { node, graph in SVDFOperands(node, in: graph).refusal },
    QuantizationRule(builtin: .readVariable, types: [.int8, .int16], sharing: .variable),
    QuantizationRule(builtin: .assignVariable, types: [.int8, .int16], sharing: .variable),
  ]
}
