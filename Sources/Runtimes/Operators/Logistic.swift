import GraphIR

extension TFLMOperator {
  static let logistic = TFLMOperator(
    .logistic, method: ResolverMethod("AddLogistic", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: 16, inspected: [.input(0), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .floatOrSmall,
    interpreter: .registered)
}
