import GraphIR

extension TFLMOperator {
  static let argMin = TFLMOperator(
    .argMin, method: ResolverMethod("AddArgMin", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(parameters: .enumeration)),
    overlap: .none(because: "an output collects elements that lie apart in the input"),
    types: .argument,
    interpreter: .registered)
}
