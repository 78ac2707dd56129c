import GraphIR

extension TFLMOperator {
  static let cast = TFLMOperator(
    .cast, method: ResolverMethod("AddCast", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(parameters: .enumerationAndFlag, inspected: [.input(0), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .only([
      KernelTypes(.float32, .int8, .int16, .int32, .uint32, .bool),
      KernelTypes(.float32, .int8, .int16, .int32, .uint32, .bool, of: .output(0)),
    ]),
    interpreter: .registered)
}
