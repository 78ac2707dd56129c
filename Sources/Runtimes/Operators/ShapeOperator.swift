import GraphIR

extension TFLMOperator {
  static let shape = TFLMOperator(
    .shape, method: ResolverMethod("AddShape", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(parameters: .enumeration)),
    overlap: .none(because: "it reads no element"),
    types: .all(because: "it reads dimensions only"),
    interpreter: .registered)
}
