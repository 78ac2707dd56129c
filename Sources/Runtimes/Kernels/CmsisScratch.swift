import Boards
import Tensors

/// Scratch bytes that CMSIS-NN asks for (its `get_buffer_size` functions), by vector extension.
struct CmsisScratch {
  let vectors: VectorExtension
  let facts: CmsisFacts

  func convolution(_ site: ConvolutionSite) -> Int {
    let window = Int.product(site.inputChannels, site.taps)
    if site.input.elementType == .int16 { return int16Convolution(window) }
    if site.isPointwise { return 0 }
    let isNibble = site.filter.elementType == .int4
    if vectors != .mve {
      return 4 * (isNibble ? window : window.roundedUp(to: facts.columnsWithDSP))
    }
    if site.isRow, let bytes = rowConvolution(site) {
      return isNibble || !facts.hasRowSize ? 0 : bytes
    }
    return vectorizedColumns(window)
  }

  /// Four columns of vectors.
  func vectorizedColumns(_ window: Int) -> Int {
    4 * window.roundedUp(to: facts.columnsWithVectors)
  }

  private func int16Convolution(_ window: Int) -> Int {
    guard facts.hasInt16Vectors else { return vectors == .dsp ? 4 * window : 0 }
    return vectors == .mve ? 8 * window.roundedUp(to: 8) : 4 * window
  }

  /// The padded ends of a row; nil where the ends are wider than the row.
  private func rowConvolution(_ site: ConvolutionSite) -> Int? {
    let columns = site.columns
    let padding = columns.paddingBefore
    let total = (columns.output - 1) * columns.stride + columns.taps - columns.input
    let asymmetry = total % 2
    func ends(_ padding: Int) -> Int {
      padding == 0 ? 0 : max(1, (padding + columns.stride - 1) / columns.stride)
    }
    let right = ends(padding + asymmetry)
    let left = ends(padding)
    guard right + left + max(columns.output - right - left, 0) == columns.output else { return nil }
    let channels = site.inputChannels
    let leftBytes = Int.product(padding, channels)
    let rightBytes = asymmetry != 0 ? Int.product(right, channels) : leftBytes
    return max(
      .product(columns.taps, channels) + leftBytes, .product(columns.taps - 1, channels) + rightBytes)
  }

  /// - Parameter site: its filter is 1×h×w×O.
  func depthwise(_ site: ConvolutionSite, outputChannels: Int) -> Int {
    let channels = site.inputChannels
    let isNibble = site.filter.elementType == .int4
    if facts.convertsOneChannel, vectors == .mve, channels == 1,
      outputChannels > Self.oneChannelThreshold,
      !isNibble
    {
      return oneChannelDepthwise(site, outputChannels: outputChannels)
    }
    guard channels == outputChannels, site.input.dimension(0) == 1, site.isUndilated else { return 0 }
    if vectors == .mve { return .product(4 * 124, site.taps) }
    let isThreeByThree =
      site.rows.taps == 3 && site.columns.taps == 3 && site.rows.paddingBefore <= 1
      && site.columns.paddingBefore <= 1
    if isThreeByThree, !isNibble { return 0 }
    return vectors == .dsp ? .product(2, channels, site.taps) : 0
  }

  /// As compilers other than Arm's have it; theirs is 8.
  private static let oneChannelThreshold = 1

  /// One input channel becomes an ordinary convolution with a transposed copy of the filter.
  private func oneChannelDepthwise(_ site: ConvolutionSite, outputChannels: Int) -> Int {
    let converted = convolution(site.asOneChannelConvolution)
    return converted + .product(outputChannels, site.taps)
  }
}
