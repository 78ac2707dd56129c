import GraphIR

extension TFLMOperator {
  static let sum = TFLMOperator(
    .sum, method: ResolverMethod("AddSum", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(parameters: .init(1, alignment: 1), data: 44) { $0.meanOrSum() }),
    overlap: .none(because: "an output collects elements that lie apart in the input"),
    types: .floatOrSmall,
    interpreter: .registered)
}
