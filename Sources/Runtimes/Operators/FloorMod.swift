import GraphIR

extension TFLMOperator {
  static let floorMod = TFLMOperator(
    .floorMod, method: ResolverMethod("AddFloorMod", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(inspected: [.input(0), .input(1), .output(0)])),
    overlap: .everywhere(.elementwise),
    types: .float,
    interpreter: .registered)
}
