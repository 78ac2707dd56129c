import GraphIR

extension TFLMOperator {
  static let leakyRelu = TFLMOperator(
    .leakyRelu, method: ResolverMethod("AddLeakyRelu", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(parameters: .init(4), data: 24, inspected: [.input(0), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .floatOrSmall,
    interpreter: .registered)
}
