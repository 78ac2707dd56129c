import GraphIR

extension TFLMOperator {
  static let notEqual = TFLMOperator(
    .notEqual, method: ResolverMethod("AddNotEqual", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: 32, inspected: [.input(0), .input(1)])),
    overlap: .everywhere(.elementwise),
    types: .equatable,
    interpreter: .registered)
}
