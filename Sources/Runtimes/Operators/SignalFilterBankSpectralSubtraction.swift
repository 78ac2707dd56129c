import GraphIR
import Tensors

extension TFLMOperator {
  static let signalFilterBankSpectralSubtraction = TFLMOperator(
    custom: "SignalFilterBankSpectralSubtraction",
    method: ResolverMethod("AddFilterBankSpectralSubtraction", isInArduinoLibrary: false),
    kernels: .portable(KernelProfile(data: StructureSize(56, 44)) { $0.spectralSubtraction() }),
    overlap: .none(because: "it has several outputs"),
    types: .only([
      KernelTypes(.input(0), .output(0), .output(1), accept: [[.uint32, .uint32, .uint32]])
    ]),
    interpreter: .registered)
}

extension KernelSite {
  /// The estimate of each channel's noise.
  fileprivate func spectralSubtraction() -> [PrepareStep] {
    temporaries(.input(0), .output(0), .output(1)) + [.persistent(.product(4, signalOption("num_channels")))]
  }
}
