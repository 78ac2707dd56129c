import GraphIR
import Tensors

extension KernelSite {
  func espConvolution() -> [PrepareStep] {
    guard let geometry = vectorGeometry else { return convolution() }
    let output = geometry.filter.dimension(0)
    return convolution()
      + espRequest(
        target.vectors == .esp32p4
          ? EspScratch.convolutionP4(geometry, outputChannels: output)
          : EspScratch.convolution(geometry, outputChannels: output))
  }

  func espDepthwiseConvolution() -> [PrepareStep] {
    guard target.vectors == .esp32s3, let geometry = vectorGeometry else { return depthwiseConvolution() }
    let multiplier = geometry.filter.dimension(3) / max(1, geometry.inputChannels)
    return depthwiseConvolution() + espRequest(EspScratch.depthwise(geometry, multiplier: multiplier))
  }

  /// The ESP32-S3's and ESP32-P4's kernels for int8 are the only ones that convolve with scratch.
  private var vectorGeometry: ConvolutionSite? {
    guard target.vectors == .esp32s3 || target.vectors == .esp32p4, let geometry,
      geometry.input.elementType == .int8,
      EspScratch.isSmall(geometry)
    else { return nil }
    return geometry
  }

  private func espRequest(_ bytes: Int) -> [PrepareStep] { bytes > 0 ? [.scratch(bytes)] : [] }

  /// Four bytes for each element of the second dimension.
  func espSoftmax() -> [PrepareStep] {
    guard let input = self[.input(0)], input.elementType == .int8, self[.output(0)]?.elementType == .int8
    else { return softmax() }
    let bytes = 4 * input.dimension(1)
    return softmax() + (bytes > 0 ? [.scratch(bytes)] : [])
  }
}
