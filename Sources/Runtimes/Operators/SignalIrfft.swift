import GraphIR
import Tensors

extension TFLMOperator {
  static let signalIrfft = TFLMOperator(
    custom: "SignalIrfft", method: ResolverMethod("AddIrfft", isInArduinoLibrary: false),
    kernels: .portable(KernelProfile(data: StructureSize(32, 24)) { $0.realTransform(isInverse: true) }),
    overlap: .none(because: "the last step reads and writes in different orders"),
    types: .only([
      KernelTypes(
        .input(0), .output(0), accept: [[.int16, .int16], [.int32, .int32], [.float32, .float32]])
    ]),
    interpreter: .registered)
}
