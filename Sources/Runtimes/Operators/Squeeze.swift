import GraphIR

extension TFLMOperator {
  static let squeeze = TFLMOperator(
    .squeeze, method: ResolverMethod("AddSqueeze", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(parameters: .init(36), inspected: [.input(0), .output(0)])),
    overlap: .everywhere(.copy),
    types: .all(because: "it copies bytes"),
    interpreter: .registered)
}
