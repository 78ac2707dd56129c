import GraphIR

extension TFLMOperator {
  static let selectV2 = TFLMOperator(
    .selectV2, method: ResolverMethod("AddSelectV2", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: 1, inspected: [.input(0), .input(1), .input(2), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .only([KernelTypes(.float32, .int8, .int16, of: .input(1))]),
    interpreter: .registered)
}
