import Operators
import Tensors

/// Scratch bytes that ESP-NN's kernels for the ESP32-S3 ask for (its `get_…_scratch_size` functions).
///
/// For sites with `isSmall`: larger ones could overflow.
struct EspScratch {
  let facts: EspFacts

  static func isSmall(_ site: ConvolutionSite) -> Bool {
    let lengths = [site.rows, site.columns].flatMap {
      [$0.input, $0.output, $0.taps, 2 * $0.paddingBefore, abs($0.signedOverhang)]
    }
    let channels = [site.inputChannels, site.filter.dimension(0), site.filter.dimension(3)]
    return (lengths + channels).allSatisfy { $0 <= 1 << 13 }
  }

  func convolution(_ site: ConvolutionSite, outputChannels: Int) -> Int {
    switch facts.convolution {
    case .copies: Self.copyingConvolution(site, outputChannels: outputChannels)
    case .windows(let margin):
      Self.convolution(site, outputChannels: outputChannels, margin: margin)
    }
  }

  /// On the ESP32-P4, whose depthwise convolutions ask for none.
  func convolutionP4(_ site: ConvolutionSite, outputChannels: Int) -> Int {
    switch facts.convolutionP4 {
    case .portable: 0
    case .copies: Self.copyingConvolution(site, outputChannels: outputChannels)
    case .tiles: Self.tiledConvolutionP4(site, outputChannels: outputChannels)
    }
  }

  func depthwise(_ site: ConvolutionSite, multiplier: Int) -> Int {
    switch facts.depthwise {
    case .whole(let margin): Self.wholeDepthwise(site, multiplier: multiplier, margin: margin)
    case .strips(let isTooSmall):
      Self.depthwise(site, multiplier: multiplier, isTooSmall: isTooSmall)
    }
  }

  /// Bytes that the kernel writes where it asks for fewer; nil where it does not.
  ///
  /// Until 1.2.3 the size is that of symmetric padding, of 0 or 1, whatever the padding (ESP-NN's pull request 37).
  func depthwiseOverrun(_ site: ConvolutionSite, multiplier: Int) -> (asked: Int, written: Int)? {
    let channels = site.inputChannels
    guard multiplier == 1, channels % 16 == 0, site.rows.taps == 3, site.columns.taps == 3,
      !Self.isSymmetric(site)
    else { return nil }
    let asked = depthwise(site, multiplier: multiplier)
    let written =
      switch facts.depthwise {
      case .whole:
        2
          * (9 * channels + 16 - 9 * channels % 16 + site.rows.input * site.columns.input * channels)
      case .strips: Self.writtenByStrips(site, channels)
      }
    return written > asked ? (asked, written) : nil
  }

  /// Filter, padded input and output, one behind the other.
  private static func writtenByStrips(_ site: ConvolutionSite, _ channels: Int) -> Int {
    func length(_ window: Window) -> Int {
      let padded = window.input + 2 * window.paddingBefore
      return padded + max(0, window.output * window.stride + 2 - padded)
    }
    return channels
      * (9 + length(site.rows) * length(site.columns) + site.rows.output * site.columns.output)
      + 16
  }

  private static func isSymmetric(_ site: ConvolutionSite) -> Bool {
    let before = [site.rows.paddingBefore, site.columns.paddingBefore]
    return before == [1, 1] || before == [0, 0]
  }

  private static func convolution(_ site: ConvolutionSite, outputChannels: Int, margin: Int) -> Int {
    let channels = site.filter.dimension(3)
    let hasStride = site.rows.stride != 1 || site.columns.stride != 1
    if site.taps == 1, !site.isPadded, !hasStride {
      return pointwise(site, channels, outputChannels: outputChannels) + margin
    }
    let row = site.columns.taps * channels
    let window = site.taps * channels
    if row < 16, window >= 16 {
      let aligned = window.roundedUp(to: 16)
      return 4 * outputChannels + 16 + outputChannels * aligned + 16 + aligned + margin
    }
    let filter = site.taps * channels.roundedUp(to: 16) * outputChannels
    let alignedFilter = row.roundedUp(to: 16) * site.rows.taps * outputChannels
    return paddedInput(site, channels) + filter + alignedFilter + borderedInput(site, channels) + margin
      + 4 * outputChannels
  }

  /// As releases until 1.2.0 have it, on the ESP32-P4 until 1.2.2.
  private static func copyingConvolution(_ site: ConvolutionSite, outputChannels: Int) -> Int {
    let channels = site.filter.dimension(3)
    let hasStride = site.rows.stride != 1 || site.columns.stride != 1
    if site.taps == 1, !site.isPadded, !hasStride {
      return pointwise(site, channels, outputChannels: outputChannels) + 32
    }
    return paddedInput(site, channels) + site.taps * channels.roundedUp(to: 16) * outputChannels
      + 32
      + 4 * outputChannels
  }

  private static func pointwise(_ site: ConvolutionSite, _ channels: Int, outputChannels: Int) -> Int {
    let wide = channels.roundedUp(to: 8)
    let pixels = site.rows.input * site.columns.input
    let transposed = pixels < 8 ? 0 : 16 * wide
    return (channels % 8 == 0 ? 0 : pixels * wide) + wide * outputChannels + transposed
  }

  static func paddedInput(_ site: ConvolutionSite, _ channels: Int) -> Int {
    guard site.isPadded else { return 0 }
    return (site.columns.input + 2 * site.columns.paddingBefore)
      * (site.rows.input + 2 * site.rows.paddingBefore) * channels
  }

  private static func borderedInput(_ site: ConvolutionSite, _ channels: Int) -> Int {
    let right = site.columns.overhang
    let bottom = site.rows.overhang
    guard right > 0 || bottom > 0 else { return 0 }
    return (site.columns.input + right) * (site.rows.input + bottom) * channels
  }

  /// As releases until 1.2.0 have it.
  private static func wholeDepthwise(_ site: ConvolutionSite, multiplier: Int, margin: Int) -> Int {
    let channels = site.inputChannels
    let filter = site.taps * channels * multiplier
    let widened = 2 * (filter + site.rows.input * site.columns.input * channels) + margin
    guard multiplier == 1, channels % 8 == 0, site.rows.taps == 3, site.columns.taps == 3 else {
      return multiplier % 4 == 0 ? widened : 32
    }
    guard channels % 16 == 0 else { return widened }
    let (width, height) = paddings(site)
    guard width != 0 || height != 0 else { return filter + 16 }
    return filter + (site.columns.input + width) * (site.rows.input + height) * channels + 16
  }

  /// Columns and rows that stand around the input in its copy.
  private static func paddings(_ site: ConvolutionSite) -> (width: Int, height: Int) {
    site.isPadded
      ? (2 * site.columns.paddingBefore, 2 * site.rows.paddingBefore)
      : (site.columns.signedOverhang, site.rows.signedOverhang)
  }

  private static func depthwise(_ site: ConvolutionSite, multiplier: Int, isTooSmall: Bool) -> Int {
    let channels = site.inputChannels
    let filter = site.taps * channels * multiplier
    let input = site.rows.input * site.columns.input * channels
    if multiplier == 1, channels % 8 == 0 {
      return vectorizedDepthwise(site, filter: filter, input: input, isTooSmall)
    }
    if multiplier == 1, channels > 3 { return widenedDepthwise(site) }
    return multiplier % 4 == 0 ? 2 * (filter + input) + 32 : 32
  }

  private static func vectorizedDepthwise(
    _ site: ConvolutionSite, filter: Int, input: Int, _ isTooSmall: Bool
  ) -> Int {
    let channels = site.inputChannels
    guard site.rows.taps == 3, site.columns.taps == 3 else {
      let whole = 2 * (filter + input)
      let strip = 2 * filter + 2 * site.columns.input * site.rows.taps * channels
      return (whole <= 48 * 1_024 ? whole : strip) + 32
    }
    if channels % 16 == 0, isTooSmall || isSymmetric(site) {
      let (width, height) = paddings(site)
      guard width != 0 || height != 0 else { return filter + 16 }
      let whole = (site.columns.input + width) * (site.rows.input + height) * channels
      let strip = (site.columns.input + width) * site.rows.taps * channels
      return filter + (whole <= 40 * 1_024 ? whole : strip) + 16
    }
    guard channels >= 12 else { return 2 * (filter + input) + 32 }
    let wide = channels.roundedUp(to: 16)
    let padded =
      (site.columns.input + 2 * site.columns.paddingBefore + site.columns.overhang)
      * (site.rows.input + 2 * site.rows.paddingBefore + site.rows.overhang)
    return wide * (9 + padded + site.rows.output * site.columns.output) + 64
  }

  /// Channels are padded to a multiple of 8, in filter, input and output; then bias, shifts and multipliers.
  private static func widenedDepthwise(_ site: ConvolutionSite) -> Int {
    let wide = site.inputChannels.roundedUp(to: 8)
    let filter = (2 * site.taps * wide).roundedUp(to: 16)
    let input = (filter + 2 * site.rows.input * site.columns.input * wide).roundedUp(to: 16)
    let output = (input + site.rows.output * site.columns.output * wide).roundedUp(to: 16)
    return output + 12 * wide + 16
  }
}

extension Window {
  /// Elements that ESP-NN takes the windows to reach beyond the input; negative where they fall short.
  fileprivate var signedOverhang: Int { output * stride + taps - 1 - input }
  fileprivate var overhang: Int { max(0, signedOverhang) }
}
