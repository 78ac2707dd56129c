import GraphIR

extension TFLMOperator {
  static let pack = TFLMOperator(
    .pack, method: ResolverMethod("AddPack", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(parameters: .init(8))),
    overlap: .none(because: "its pieces are copied one input after the other, across the output"),
    types: .input(.float32, .int8, .int16, .int32, .int64),
    interpreter: .registered)
}
