import GraphIR

extension TFLMOperator {
  static let add = TFLMOperator(
    .add, method: ResolverMethod("AddAdd", isInArduinoLibrary: true),
    kernels: .portable(
      KernelProfile(parameters: .enumerationAndFlag, data: 60, inspected: [.input(0), .input(1), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .output(.float32, .int8, .int16, .int32),
    interpreter: .registered)
}
