import GraphIR

extension TFLMOperator {
  static let squaredDifference = TFLMOperator(
    .squaredDifference, method: ResolverMethod("AddSquaredDifference", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: 112, inspected: [.input(0), .input(1), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .numbers,
    interpreter: .registered)
}
