import GraphIR

extension TFLMOperator {
  static let `if` = TFLMOperator(
    .if, method: ResolverMethod("AddIf", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(parameters: .init(8), data: 8, inspected: [.input(0)])),
    overlap: .none(because: "other graphs compute its outputs"),
    types: .all(because: "the condition is a bool, all else is handed on"),
    interpreter: .control)
}
