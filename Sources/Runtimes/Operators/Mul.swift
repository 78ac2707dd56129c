import GraphIR

extension TFLMOperator {
  static let mul = TFLMOperator(
    .mul, method: ResolverMethod("AddMul", isInArduinoLibrary: true),
    kernels: .portable(
      KernelProfile(parameters: .enumeration, data: 36, inspected: [.input(0), .input(1), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .numbers,
    interpreter: .registered)
}
