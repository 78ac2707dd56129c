import GraphIR
import Tensors

extension TFLMOperator {
  static let signalRfft = TFLMOperator(
    custom: "SignalRfft", method: ResolverMethod("AddRfft", isInArduinoLibrary: false),
    kernels: .portable(KernelProfile(data: StructureSize(48, 32)) { $0.realTransform(isInverse: false) }),
    overlap: .none(because: "a row is read whole before its spectrum, which is longer, is written"),
    types: .only([
      KernelTypes(
        .input(0), .output(0), accept: [[.int16, .int16], [.int32, .int32], [.float32, .float32]])
    ]),
    interpreter: .registered)
}
