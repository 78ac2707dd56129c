import GraphIR

extension TFLMOperator {
  static let fill = TFLMOperator(
    .fill, method: ResolverMethod("AddFill", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(inspected: [.input(0), .input(1), .output(0)])),
    overlap: .none(because: "its inputs are a size and one element"),
    types: .only([KernelTypes(.float32, .int8, .int32, of: .input(1))]),
    interpreter: .registered)
}
