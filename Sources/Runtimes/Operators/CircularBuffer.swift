import GraphIR

extension TFLMOperator {
  static let circularBuffer = TFLMOperator(
    custom: "CIRCULAR_BUFFER", method: ResolverMethod("AddCircularBuffer", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: 8, inspected: [.input(0), .output(0)])),
    overlap: .none(because: "its output is a variable, which has memory of its own"),
    types: .only([KernelTypes(.input(0), .output(0), accept: [[.int8, .int8]])]),
    interpreter: .registered)
}
