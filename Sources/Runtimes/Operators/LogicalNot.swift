import GraphIR

extension TFLMOperator {
  static let logicalNot = TFLMOperator(
    .logicalNot, method: ResolverMethod("AddLogicalNot", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(inspected: [.input(0), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .all(because: "the format has it for bools only"),
    interpreter: .registered)
}
