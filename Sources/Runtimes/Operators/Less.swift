import GraphIR

extension TFLMOperator {
  static let less = TFLMOperator(
    .less, method: ResolverMethod("AddLess", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: 32, inspected: [.input(0), .input(1)])),
    overlap: .everywhere(.elementwise),
    types: .comparable,
    interpreter: .registered)
}
