import GraphIR

extension TFLMOperator {
  static let gatherND = TFLMOperator(
    .gatherND, method: ResolverMethod("AddGatherNd", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile { $0.writingDimensions(.input(0), .input(1), .output(0)) }),
    overlap: .none(because: "its indices pick slices in any order"),
    types: .gathering,
    interpreter: .registered)
}
