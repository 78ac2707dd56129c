import GraphIR

extension TFLMOperator {
  static let elu = TFLMOperator(
    .elu, method: ResolverMethod("AddElu", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: 256, inspected: [.input(0), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .floatOrInt8,
    interpreter: .registered)
}
