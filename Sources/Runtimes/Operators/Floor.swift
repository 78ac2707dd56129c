import GraphIR

extension TFLMOperator {
  static let floor = TFLMOperator(
    .floor, method: ResolverMethod("AddFloor", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile()),
    overlap: .everywhere(.elementwise),
    types: .float,
    interpreter: .registered)
}
