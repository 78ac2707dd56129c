import GraphIR

extension TFLMOperator {
  static let hardSwish = TFLMOperator(
    .hardSwish, method: ResolverMethod("AddHardSwish", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: 20, inspected: [.input(0), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .floatOrInt8,
    interpreter: .registered)
}
