import GraphIR

extension TFLMOperator {
  static let dequantize = TFLMOperator(
    .dequantize, method: ResolverMethod("AddDequantize", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: 32, inspected: [.input(0), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .input(.int8, .int16, .uint8),
    interpreter: .registered)
}
