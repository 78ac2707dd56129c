import GraphIR

extension TFLMOperator {
  static let reshape = TFLMOperator(
    .reshape, method: ResolverMethod("AddReshape", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(parameters: .init(36), inspected: [.input(0), .output(0)])),
    overlap: .everywhere(.copy),
    types: .all(because: "it copies bytes"),
    interpreter: .registered)
}
