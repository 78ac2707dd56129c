import GraphIR

extension TFLMOperator {
  static let expandDims = TFLMOperator(
    .expandDims, method: ResolverMethod("AddExpandDims", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(inspected: [.input(0), .input(1), .output(0)])),
    overlap: .everywhere(.copy),
    types: .floatOrSmall,
    interpreter: .registered)
}
