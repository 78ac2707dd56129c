import GraphIR

extension TFLMOperator {
  static let signalFilterBankSpectralSubtraction = TFLMOperator(
    custom: "SignalFilterBankSpectralSubtraction",
    method: ResolverMethod("AddFilterBankSpectralSubtraction", isInArduinoLibrary: false),
    kernels: .unknown(because: "not measured, and not read off its source"),
    overlap: .none(because: "its order is not known"),
    types: .unknown(because: "not read off its source"),
    interpreter: .none(because: "TFLM alone has it"))
}
