import GraphIR
import Runtimes

/// Which operands of which operators may come out of DECODE: weights that TFLM's kernel reads when it runs, and not
/// when it prepares.
///
/// Read off the kernels of TFLM of August 2026 and of Espressif's port of the same month: ESP-NN's read weights when
/// they run, CMSIS-NN's fully connected kernel sums a constant filter when it prepares, and any other when it runs
/// (since October 2025, which is when DECODE came).
enum CodableOperands {
  private static let positions: [BuiltinOperator: ClosedRange<Int>] = [
    .conv2D: 1...1, .depthwiseConv2D: 1...1, .fullyConnected: 1...1, .transposeConv: 1...1, .svdf: 1...1,
    .unidirectionalSequenceLSTM: 1...8, .gather: 0...0,
  ]

  /// Whether the operand is weights of a kind that may be coded.
  static func contains(_ position: Int, of code: OperatorCode) -> Bool {
    positions[code.builtin]?.contains(position) ?? false
  }

  /// Why a library's kernel does not take decoded weights, as a clause; nil where it does.
  static func refusal(of code: OperatorCode, by library: KernelLibrary) -> String? {
    switch (library, code.builtin) {
    case (.cmsisNN, .svdf), (.cmsisNN, .unidirectionalSequenceLSTM):
      "CMSIS-NN's kernel of \(code.name) sums its weights when it prepares, before anything is decoded"
    case (.reference, _), (.cmsisNN, _), (.espNN, _): nil
    }
  }
}
