import GraphIR

extension TFLMOperator {
  static let reverseV2 = TFLMOperator(
    .reverseV2, method: ResolverMethod("AddReverseV2", isInArduinoLibrary: false),
    kernels: .portable(KernelProfile(inspected: [.input(0), .input(1), .output(0)])),
    overlap: .none(because: "it reads an axis backwards"),
    types: .input(.float32, .int8, .uint8, .int16, .int32, .int64, .bool),
    interpreter: .registered)
}
