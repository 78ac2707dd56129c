import GraphIR

extension TFLMOperator {
  static let broadcastArgs = TFLMOperator(
    .broadcastArgs, method: ResolverMethod("AddBroadcastArgs", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(inspected: [.input(0), .input(1), .output(0)])),
    overlap: .none(because: "it computes sizes, a few bytes"),
    types: .input(.int32, .int64),
    interpreter: .registered)
}
