import GraphIR

extension TFLMOperator {
  static let lessEqual = TFLMOperator(
    .lessEqual, method: ResolverMethod("AddLessEqual", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: 32, inspected: [.input(0), .input(1)])),
    overlap: .everywhere(.elementwise),
    types: .comparable,
    interpreter: .registered)
}
