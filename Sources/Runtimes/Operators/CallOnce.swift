import GraphIR

extension TFLMOperator {
  static let callOnce = TFLMOperator(
    .callOnce, method: ResolverMethod("AddCallOnce", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(parameters: .init(4), data: 8)),
    overlap: .none(because: "it has no operands"),
    types: .all(because: "it has no operands"),
    interpreter: .control)
}
