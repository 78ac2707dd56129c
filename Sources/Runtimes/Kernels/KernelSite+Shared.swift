import GraphIR
import Tensors

/// Steps that kernels of several operators take.
extension KernelSite {
  /// CONV_2D and DEPTHWISE_CONV_2D: the same for float, although only integers use the arrays.
  func convolution(channels: Int) -> [PrepareStep] {
    temporaries(.output(0), .input(0), .input(1)) + channelArrays(channels) + unpackedFilter()
      + temporaries(.input(0), .input(1), .input(2), .output(0))
  }

  /// 4-bit filters are unpacked into a byte an element.
  func unpackedFilter() -> [PrepareStep] {
    guard let filter = self[.input(1)], filter.elementType == .int4 else { return [] }
    return [.scratch(filter.elementCount)]
  }

  /// Scratch of a kernel that requests nothing for nothing.
  func request(_ bytes: Int) -> [PrepareStep] { bytes > 0 ? [.scratch(bytes)] : [] }

  /// A structure that a kernel allocates only when it prepares.
  func late(_ structure: StructureSize) -> PrepareStep { .persistent(structure[target.abi]) }

  /// What CMSIS-NN's kernels ask for.
  var cmsisScratch: CmsisScratch {
    CmsisScratch(vectors: target.vectors, facts: target.release.cmsisFacts)
  }

  /// What ESP-NN's kernels ask for.
  var espScratch: EspScratch { EspScratch(facts: target.release.espFacts) }

  /// The ESP32-S3's and ESP32-P4's kernels for int8 are the only ones of ESP-NN that convolve with scratch.
  var espVectorGeometry: ConvolutionSite? {
    guard target.vectors == .esp32s3 || target.vectors == .esp32p4, let geometry,
      geometry.input.elementType == .int8,
      EspScratch.isSmall(geometry)
    else { return nil }
    return geometry
  }
}
