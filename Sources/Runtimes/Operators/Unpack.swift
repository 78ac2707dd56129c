import GraphIR

extension TFLMOperator {
  static let unpack = TFLMOperator(
    .unpack, method: ResolverMethod("AddUnpack", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(parameters: .init(8))),
    overlap: .none(because: "it has several outputs"),
    types: .numbers,
    interpreter: .registered)
}
