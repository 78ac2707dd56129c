import GraphIR

extension TFLMOperator {
  static let square = TFLMOperator(
    .square, method: ResolverMethod("AddSquare", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(inspected: [.input(0), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .float,
    interpreter: .registered)
}
