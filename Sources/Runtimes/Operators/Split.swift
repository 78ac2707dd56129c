import GraphIR

extension TFLMOperator {
  static let split = TFLMOperator(
    .split, method: ResolverMethod("AddSplit", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(parameters: .init(4), inspected: [.input(0)])),
    overlap: .none(because: "it has several outputs"),
    types: .only([KernelTypes(.float32, .int8, .int16, .int32, of: .input(1))]),
    interpreter: .registered)
}
