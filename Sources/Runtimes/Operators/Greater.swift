import GraphIR

extension TFLMOperator {
  static let greater = TFLMOperator(
    .greater, method: ResolverMethod("AddGreater", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: 32, inspected: [.input(0), .input(1)])),
    overlap: .everywhere(.elementwise),
    types: .input(.float32, .int8, .int16, .int32, .int64),
    interpreter: .registered)
}
