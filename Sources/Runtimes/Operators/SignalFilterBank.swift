import GraphIR
import Tensors

extension TFLMOperator {
  static let signalFilterBank = TFLMOperator(
    custom: "SignalFilterBank", method: ResolverMethod("AddFilterBank", isInArduinoLibrary: false),
    kernels: .portable(KernelProfile(data: StructureSize(64, 36)) { $0.filterBank() }),
    overlap: .none(because: "channels read bins in any order"),
    types: .only([
      KernelTypes(
        .input(0), .input(1), .input(2), .input(3), .input(4), .input(5), .output(0),
        accept: [[.uint32, .int16, .int16, .int16, .int16, .int16, .uint64]])
    ]),
    interpreter: .registered)
}

extension KernelSite {
  /// Sums of all channels and of one in front of them.
  fileprivate func filterBank() -> [PrepareStep] {
    temporaries((0..<6).map(KernelProfile.Operand.input)) + temporaries(.output(0))
      + [.persistent(.product(8, signalOption("num_channels") + 1))]
  }
}
