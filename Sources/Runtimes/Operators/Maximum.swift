import GraphIR

extension TFLMOperator {
  static let maximum = TFLMOperator(
    .maximum, method: ResolverMethod("AddMaximum", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile()),
    overlap: .everywhere(.elementwise),
    types: .output(.float32, .int8, .int16, .int32, .int64),
    interpreter: .registered)
}
