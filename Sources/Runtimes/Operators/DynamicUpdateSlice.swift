import GraphIR

extension TFLMOperator {
  static let dynamicUpdateSlice = TFLMOperator(
    .dynamicUpdateSlice, method: ResolverMethod("AddDynamicUpdateSlice", isInArduinoLibrary: false),
    kernels: .portable(KernelProfile(inspected: [.input(0), .input(1), .input(2), .output(0)])),
    overlap: .everywhere(.update),
    types: .numbers,
    interpreter: .registered)
}
