import GraphIR

extension TFLMOperator {
  static let maxPool2D = TFLMOperator(
    .maxPool2D, method: ResolverMethod("AddMaxPool2D", isInArduinoLibrary: true),
    kernels: .byLibrary(
      reference: KernelProfile(parameters: .init(40), data: 32, inspected: [.input(0), .output(0)]),
      cmsisNN: .own(KernelProfile(parameters: .init(40), data: 36, inspected: [.input(0), .output(0)])),
      espNN: .portable),
    overlap: .pools,
    types: .floatOrSmall,
    interpreter: .registered)
}
