import GraphIR

extension TFLMOperator {
  static let slice = TFLMOperator(
    .slice, method: ResolverMethod("AddSlice", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(inspected: [.input(0), .input(1), .input(2), .output(0)])),
    overlap: .everywhere(.slice),
    types: .input(.float32, .int8, .int16, .int32, .bool),
    interpreter: .registered)
}
