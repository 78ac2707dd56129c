import GraphIR

extension TFLMOperator {
  static let signalWindow = TFLMOperator(
    custom: "SignalWindow", method: ResolverMethod("AddWindow", isInArduinoLibrary: false),
    kernels: .unknown(because: "not measured, and not read off its source"),
    overlap: .none(because: "its order is not known"),
    types: .unknown(because: "not read off its source"),
    interpreter: .none(because: "TFLM alone has it"))
}
