import GraphIR

extension TFLMOperator {
  static let zerosLike = TFLMOperator(
    .zerosLike, method: ResolverMethod("AddZerosLike", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(inspected: [.input(0), .output(0)])),
    overlap: .none(because: "it reads no element"),
    types: .input(.float32, .int8, .int32, .int64),
    interpreter: .registered)
}
