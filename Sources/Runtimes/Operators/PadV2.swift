import GraphIR

extension TFLMOperator {
  static let padv2 = TFLMOperator(
    .padv2, method: ResolverMethod("AddPadV2", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: 56, inspected: [.input(0), .input(1), .input(2), .output(0)])),
    overlap: .everywhere(.padding),
    types: .only(AcceptedTypes.numbers.rules + [KernelTypes(.int32, of: .input(1))]),
    interpreter: .registered)
}
