import GraphIR

extension TFLMOperator {
  static let readVariable = TFLMOperator(
    .readVariable, method: ResolverMethod("AddReadVariable", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(inspected: [.input(0)])),
    overlap: .none(because: "it copies from memory outside the arena"),
    types: .all(because: "it copies bytes"),
    interpreter: .control)
}
