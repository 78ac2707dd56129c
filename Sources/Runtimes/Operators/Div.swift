import GraphIR

extension TFLMOperator {
  static let div = TFLMOperator(
    .div, method: ResolverMethod("AddDiv", isInArduinoLibrary: true),
    kernels: .portable(
      KernelProfile(parameters: .enumeration, data: 28, inspected: [.input(0), .input(1), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .input(.float32, .int8, .int32),
    interpreter: .registered)
}
