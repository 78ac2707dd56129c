import GraphIR

extension TFLMOperator {
  static let relu6 = TFLMOperator(
    .relu6, method: ResolverMethod("AddRelu6", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: 8, inspected: [.input(0)])),
    overlap: .everywhere(.elementwise),
    types: .floatOrSmall,
    interpreter: .registered)
}
