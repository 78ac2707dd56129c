import GraphIR

extension TFLMOperator {
  static let broadcastTo = TFLMOperator(
    .broadcastTo, method: ResolverMethod("AddBroadcastTo", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(inspected: [.input(0), .input(1), .output(0)])),
    overlap: .none(because: "it reads elements again and again"),
    types: .all(because: "it copies elements of any size"),
    interpreter: .registered)
}
