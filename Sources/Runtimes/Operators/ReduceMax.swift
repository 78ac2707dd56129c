import GraphIR

extension TFLMOperator {
  static let reduceMax = TFLMOperator(
    .reduceMax, method: ResolverMethod("AddReduceMax", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(parameters: .init(1, alignment: 1), data: 44) { $0.reduction() }),
    overlap: .none(because: "an output collects elements that lie apart in the input"),
    types: .floatOrInt8,
    interpreter: .registered)
}
