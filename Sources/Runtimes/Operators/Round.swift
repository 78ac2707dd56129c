import GraphIR

extension TFLMOperator {
  static let round = TFLMOperator(
    .round, method: ResolverMethod("AddRound", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(inspected: [.input(0), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .float,
    interpreter: .registered)
}
