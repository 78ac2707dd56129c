import GraphIR
import Tensors

extension TFLMOperator {
  static let depthwiseConv2D = TFLMOperator(
    .depthwiseConv2D, method: ResolverMethod("AddDepthwiseConv2D", isInArduinoLibrary: true),
    kernels: .byLibrary(
      reference: KernelProfile(parameters: .init(28), data: StructureSize(80, 56)) {
        $0.depthwiseConvolution()
      },
      cmsisNN: .own(KernelProfile(parameters: .init(28), data: 60) { $0.cmsisDepthwiseConvolution() }),
      espNN: .own(KernelProfile(parameters: .init(28), data: 60) { $0.espDepthwiseConvolution() })),
    overlap: .family(
      .depthwise, cmsisNN: .portableWhere { $0.isCmsisPixelwise }, espNN: .espConvolution),
    types: .weighted,
    interpreter: .registered)
}

extension KernelSite {
  fileprivate func depthwiseConvolution() -> [PrepareStep] {
    convolution(channels: self[.input(1)]?.dimension(3) ?? 0)
  }

  fileprivate func cmsisDepthwiseConvolution() -> [PrepareStep] {
    guard let geometry else { return [] }
    let channels = geometry.filter.dimension(3)
    var steps = temporaries(.input(0), .input(1), .output(0))
    if geometry.input.isNarrowInteger { steps += channelArrays(channels) }
    steps += temporaries(.input(0), .input(1), .input(2), .output(0))
    guard geometry.input.elementType == .int8 else { return steps }
    return steps + request(cmsisScratch.depthwise(geometry, outputChannels: channels))
  }

  /// What ESP-NN's kernel writes beyond its scratch memory; nil where it does not.
  var espDepthwiseOverrun: (asked: Int, written: Int)? {
    guard target.kernels == .espNN, target.vectors == .esp32s3, let geometry = espVectorGeometry
    else {
      return nil
    }
    let multiplier = geometry.filter.dimension(3) / max(1, geometry.inputChannels)
    return espScratch.depthwiseOverrun(geometry, multiplier: multiplier)
  }

  fileprivate func espDepthwiseConvolution() -> [PrepareStep] {
    guard target.vectors == .esp32s3, let geometry = espVectorGeometry else { return depthwiseConvolution() }
    let multiplier = geometry.filter.dimension(3) / max(1, geometry.inputChannels)
    return depthwiseConvolution() + request(espScratch.depthwise(geometry, multiplier: multiplier))
  }
}

extension OverlapSite {
  /// Whether CMSIS-NN's DEPTHWISE_CONV_2D goes pixel by pixel, as the portable kernel, which computes floats.
  ///
  /// With MVE it goes over blocks of 124 channels outermost, and turns filters over one input channel into
  /// convolutions, which for one row go in another order. Other types have not been measured.
  fileprivate var isCmsisPixelwise: Bool {
    if isFloat { return true }
    guard let filter = operand(1) else { return false }
    let isRow = input.dimension(3) == 1 && filter.dimension(1) == 1
    return input.elementType == .int8 && filter.elementType == .int8 && !isRow && input.dimension(3) <= 124
  }
}
