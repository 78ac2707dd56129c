import GraphIR

extension TFLMOperator {
  static let relu = TFLMOperator(
    .relu, method: ResolverMethod("AddRelu", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: 28, inspected: [.input(0), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .floatOrSmall,
    interpreter: .registered)
}
