import GraphIR

extension TFLMOperator {
  static let `while` = TFLMOperator(
    .while, method: ResolverMethod("AddWhile", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(parameters: .init(8), data: 8)),
    overlap: .none(because: "other graphs compute its outputs"),
    types: .all(because: "the condition is a bool, all else is handed on"),
    interpreter: .control)
}
