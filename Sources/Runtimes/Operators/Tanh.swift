import GraphIR

extension TFLMOperator {
  static let tanh = TFLMOperator(
    .tanh, method: ResolverMethod("AddTanh", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: 16, inspected: [.input(0), .input(0), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .floatOrSmall,
    interpreter: .registered)
}
