import GraphIR

extension TFLMOperator {
  static let gather = TFLMOperator(
    .gather, method: ResolverMethod("AddGather", isInArduinoLibrary: true),
    kernels: .portable(
      KernelProfile(parameters: .init(8)) { $0.writingDimensions(.input(0), .input(1), .output(0)) }),
    overlap: .none(because: "its indices pick slices in any order"),
    types: .gathering,
    interpreter: .registered)
}
