import GraphIR

extension TFLMOperator {
  static let resizeNearestNeighbor = TFLMOperator(
    .resizeNearestNeighbor, method: ResolverMethod("AddResizeNearestNeighbor", isInArduinoLibrary: true),
    kernels: .portable(
      KernelProfile(parameters: .init(2, alignment: 1), inspected: [.input(0), .input(1), .output(0)])),
    overlap: .none(because: "it reads elements again, and may skip some"),
    types: .floatOrSmall,
    interpreter: .registered)
}
