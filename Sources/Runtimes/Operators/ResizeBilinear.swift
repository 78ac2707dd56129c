import GraphIR

extension TFLMOperator {
  static let resizeBilinear = TFLMOperator(
    .resizeBilinear, method: ResolverMethod("AddResizeBilinear", isInArduinoLibrary: true),
    kernels: .portable(
      KernelProfile(parameters: .init(2, alignment: 1), inspected: [.input(0), .input(1), .output(0)])),
    overlap: .none(because: "every output reads up to four neighbours"),
    types: .floatOrInt8,
    interpreter: .registered)
}
