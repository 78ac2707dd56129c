import GraphIR

extension TFLMOperator {
  static let signalIrfft = TFLMOperator(
    custom: "SignalIrfft", method: ResolverMethod("AddIrfft", isInArduinoLibrary: false),
    kernels: .unknown(because: "not measured, and not read off its source"),
    overlap: .none(because: "its order is not known"),
    types: .unknown(because: "not read off its source"),
    interpreter: .none(because: "TFLM alone has it"))
}
