import GraphIR
import Tensors

extension TFLMOperator {
  static let conv2D = TFLMOperator(
    .conv2D, method: ResolverMethod("AddConv2D", isInArduinoLibrary: true),
    kernels: .byLibrary(
      reference: KernelProfile(parameters: .init(28), data: StructureSize(80, 56)) { $0.convolution() },
      cmsisNN: .own(KernelProfile(parameters: .init(28), data: 60) { $0.cmsisConvolution() }),
      espNN: .own(KernelProfile(parameters: .init(28), data: 60) { $0.espConvolution() })),
    overlap: .family(
      .convolution, cmsisNN: .portableWhere { $0.isCmsisPixelwise }, espNN: .espConvolution),
    types: .weighted,
    interpreter: .registered)
}

extension KernelSite {
  fileprivate func convolution() -> [PrepareStep] {
    convolution(channels: self[.input(1)]?.dimension(0) ?? 0)
  }

  fileprivate func cmsisConvolution() -> [PrepareStep] {
    guard let geometry else { return [] }
    let input = geometry.input
    var steps = temporaries(.input(0), .input(1), .output(0))
    if input.isNarrowInteger { steps += channelArrays(geometry.filter.dimension(0)) }
    steps += temporaries(.input(0), .input(1), .input(2), .output(0))
    // int16 with a 32-bit bias is converted elsewhere, and asks for nothing here.
    let hasOptimizedBias = self[.input(2)].map { $0.elementType == .int64 } ?? true
    guard input.elementType == .int8 || (input.elementType == .int16 && hasOptimizedBias) else {
      return steps
    }
    return steps + request(cmsisScratch.convolution(geometry))
  }

  fileprivate func espConvolution() -> [PrepareStep] {
    guard let geometry = espVectorGeometry else { return convolution() }
    let output = geometry.filter.dimension(0)
    return convolution()
      + request(
        target.vectors == .esp32p4
          ? espScratch.convolutionP4(geometry, outputChannels: output)
          : espScratch.convolution(geometry, outputChannels: output))
  }
}

extension OverlapSite {
  /// Whether CMSIS-NN's CONV_2D goes pixel by pixel, as the portable kernel, which computes floats.
  ///
  /// Its 1×1 convolution with DSP or plain C goes over output channels outermost, the one with MVE in blocks
  /// of four pixels; the 1×N convolution with MVE likewise. Other types have not been measured.
  fileprivate var isCmsisPixelwise: Bool {
    if isFloat { return true }
    guard let filter = operand(1) else { return false }
    return input.elementType == .int8 && filter.elementType == .int8 && filter.dimension(1) != 1
  }
}
