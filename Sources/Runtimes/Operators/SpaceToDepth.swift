import GraphIR

extension TFLMOperator {
  static let spaceToDepth = TFLMOperator(
    .spaceToDepth, method: ResolverMethod("AddSpaceToDepth", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(parameters: .init(4)) { $0.writingDimensions(.input(0), .output(0)) }),
    overlap: .none(because: "it moves elements to places out of the order in which it reads them"),
    types: .floatOrInt8,
    interpreter: .registered)
}
