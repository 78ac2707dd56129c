import GraphIR

extension TFLMOperator {
  static let transpose = TFLMOperator(
    .transpose, method: ResolverMethod("AddTranspose", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(inspected: [.input(0), .input(1), .output(0)])),
    overlap: .none(because: "it moves elements to places out of the order in which it reads them"),
    types: .floatOrSmall,
    interpreter: .registered)
}
