import GraphIR

extension TFLMOperator {
  static let l2Normalization = TFLMOperator(
    .l2Normalization, method: ResolverMethod("AddL2Normalization", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(parameters: .enumeration, data: 4, inspected: [.input(0), .output(0)])),
    overlap: .everywhere(.rowwise),
    types: .floatOrInt8,
    interpreter: .registered)
}
