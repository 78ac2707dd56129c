import GraphIR

extension TFLMOperator {
  static let argMax = TFLMOperator(
    .argMax, method: ResolverMethod("AddArgMax", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(parameters: .enumeration)),
    overlap: .none(because: "an output collects elements that lie apart in the input"),
    types: .argument,
    interpreter: .registered)
}
