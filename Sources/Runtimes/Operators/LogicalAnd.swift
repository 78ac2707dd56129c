import GraphIR

extension TFLMOperator {
  static let logicalAnd = TFLMOperator(
    .logicalAnd, method: ResolverMethod("AddLogicalAnd", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile()),
    overlap: .everywhere(.elementwise),
    types: .all(because: "the format has it for bools only"),
    interpreter: .registered)
}
