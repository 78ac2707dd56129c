import GraphIR

extension TFLMOperator {
  static let equal = TFLMOperator(
    .equal, method: ResolverMethod("AddEqual", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: 32, inspected: [.input(0), .input(1)])),
    overlap: .everywhere(.elementwise),
    types: .equatable,
    interpreter: .registered)
}
