import GraphIR

extension TFLMOperator {
  static let sub = TFLMOperator(
    .sub, method: ResolverMethod("AddSub", isInArduinoLibrary: true),
    kernels: .portable(
      KernelProfile(parameters: .enumerationAndFlag, data: 52, inspected: [.input(0), .input(1), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .numbers,
    interpreter: .registered)
}
