import GraphIR

extension TFLMOperator {
  static let batchToSpaceND = TFLMOperator(
    .batchToSpaceND, method: ResolverMethod("AddBatchToSpaceNd", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(inspected: [.input(0), .output(0)])),
    overlap: .none(because: "it moves elements to places out of the order in which it reads them"),
    types: .floatOrInt8,
    interpreter: .registered)
}
