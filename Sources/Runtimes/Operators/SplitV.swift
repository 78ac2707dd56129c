import GraphIR

extension TFLMOperator {
  static let splitV = TFLMOperator(
    .splitV, method: ResolverMethod("AddSplitV", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(parameters: .init(4), inspected: [.input(2)])),
    overlap: .none(because: "it has several outputs"),
    types: .numbers,
    interpreter: .registered)
}
