import GraphIR

extension TFLMOperator {
  static let spaceToBatchND = TFLMOperator(
    .spaceToBatchND, method: ResolverMethod("AddSpaceToBatchNd", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: 4, inspected: [.input(0), .output(0)])),
    overlap: .none(because: "it moves elements to places out of the order in which it reads them"),
    types: .floatOrInt8,
    interpreter: .registered)
}
