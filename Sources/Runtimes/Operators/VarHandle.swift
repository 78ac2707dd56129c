import GraphIR

extension TFLMOperator {
  static let varHandle = TFLMOperator(
    .varHandle, method: ResolverMethod("AddVarHandle", isInArduinoLibrary: true),
    kernels: .portable(
      KernelProfile(parameters: .init(StructureSize(16, 8), alignment: StructureSize(8, 4)), data: 4)),
    overlap: .none(because: "it has no inputs"),
    types: .all(because: "it makes a handle"),
    interpreter: .control)
}
