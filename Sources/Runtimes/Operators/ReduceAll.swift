import GraphIR

extension TFLMOperator {
  static let reduceAll = TFLMOperator(
    .reduceAll, method: ResolverMethod("AddReduceAll", isInArduinoLibrary: false),
    kernels: .portable(KernelProfile(parameters: .init(1, alignment: 1), data: 44) { $0.reduction() }),
    overlap: .none(because: "an output collects elements that lie apart in the input"),
    types: .input(.bool),
    interpreter: .registered)
}
