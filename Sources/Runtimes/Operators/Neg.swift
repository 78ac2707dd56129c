import GraphIR

extension TFLMOperator {
  static let neg = TFLMOperator(
    .neg, method: ResolverMethod("AddNeg", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile()),
    overlap: .everywhere(.elementwise),
    types: .floatOrInt8,
    interpreter: .registered)
}
