import GraphIR

extension TFLMOperator {
  static let stridedSlice = TFLMOperator(
    .stridedSlice, method: ResolverMethod("AddStridedSlice", isInArduinoLibrary: true),
    kernels: .portable(
      KernelProfile(
        parameters: .init(24), data: 84, inspected: [.input(0), .input(1), .input(2), .input(3), .output(0)])),
    overlap: .everywhere(.stridedSlice),
    types: .input(.float32, .int8, .int16, .int32, .bool),
    interpreter: .registered)
}
