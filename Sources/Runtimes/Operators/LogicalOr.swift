import GraphIR

extension TFLMOperator {
  static let logicalOr = TFLMOperator(
    .logicalOr, method: ResolverMethod("AddLogicalOr", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile()),
    overlap: .everywhere(.elementwise),
    types: .all(because: "the format has it for bools only"),
    interpreter: .registered)
}
