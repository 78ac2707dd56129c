import GraphIR

extension TFLMOperator {
  static let sub = TFLMOperator(
    .sub, method: ResolverMethod("AddSub", isInArduinoLibrary: true),
    kernels: .portable(
      KernelProfile(parameters: .enumerationAndFlag, data: 52, inspected: [.input(0), .input(1), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .output(.float32, .int8, .int16, .int32),
    interpreter: .registered)
}
