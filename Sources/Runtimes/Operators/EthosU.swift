import GraphIR

extension TFLMOperator {
  static let ethosU = TFLMOperator(
    custom: "ethos-u", method: ResolverMethod("AddEthosU", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: 12) { $0.ethosU() }),
    overlap: .none(because: "the command stream has the offsets of all tensors"),
    types: .all(because: "the kernel passes addresses on to the NPU's driver"),
    interpreter: .none(because: "its command stream runs on an Ethos-U only"))
}

extension KernelSite {
  /// Addresses of 8 bytes, and sizes, of all operands and results (`ethosu.cc` of August 2026).
  fileprivate func ethosU() -> [PrepareStep] {
    let count = node.inputs.count + node.outputs.count
    return [.scratch(8 * count), .scratch(target.abi.pointerBytes * count)] + temporaries(.input(0))
  }
}
