import GraphIR

extension TFLMOperator {
  static let quantize = TFLMOperator(
    .quantize, method: ResolverMethod("AddQuantize", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: 32, inspected: [.input(0), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .only([
      KernelTypes(
        .input(0), .output(0),
        accept: [
          [.float32, .int8], [.float32, .int16], [.int8, .int8], [.int8, .int16], [.int8, .int32],
          [.int8, .uint8], [.int16, .int8], [.int16, .int16], [.int16, .int32], [.int32, .int8],
          [.int32, .int16], [.uint8, .int8],
        ])
    ]),
    interpreter: .registered)
}
