import GraphIR

extension TFLMOperator {
  static let log = TFLMOperator(
    .log, method: ResolverMethod("AddLog", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(inspected: [.input(0), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .float,
    interpreter: .registered)
}
