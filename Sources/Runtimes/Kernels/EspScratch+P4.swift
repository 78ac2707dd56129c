import Operators

/// Scratch bytes that ESP-NN's convolutions for the ESP32-P4 ask for since 1.2.3
/// (`esp_nn_get_conv_scratch_size_esp32p4`); its depthwise convolutions ask for none.
extension EspScratch {
  static func tiledConvolutionP4(_ site: ConvolutionSite, outputChannels: Int) -> Int {
    let channels = site.inputChannels
    let sums = 4 * outputChannels
    let hasStride = site.rows.stride != 1 || site.columns.stride != 1
    if site.taps == 1, !site.isPadded, !hasStride {
      return pointwiseP4(site, channels, outputChannels: outputChannels) + marginP4
    }
    let widened = site.taps * channels.roundedUp(to: 16) * outputChannels
    if !site.isPadded, site.columns.taps * channels >= 16 { return sums + widened + marginP4 }
    let window = site.taps * channels
    if window >= 16 { return sums + window + marginP4 }
    let lanes = ((15 + site.columns.taps) / site.columns.taps).roundedUp(to: 16)
    let alignedFilter = site.taps * lanes * outputChannels
    guard site.isPadded else {
      return sums + alignedFilter + site.rows.input * site.columns.input * lanes + marginP4
    }
    let whole = paddedInput(site, channels)
    if whole + sums <= cacheBytesP4 { return sums + whole + widened + marginP4 }
    let row = (site.columns.input + 2 * site.columns.paddingBefore) * lanes
    let room = cacheBytesP4 - sums - alignedFilter
    return sums + alignedFilter + tileRows(site, bytesOfRow: row, room: room) * row + marginP4
  }

  private static let marginP4 = 32
  private static let cacheBytesP4 = 32_768

  private static func pointwiseP4(_ site: ConvolutionSite, _ channels: Int, outputChannels: Int) -> Int {
    if channels < 16 { return 4 * outputChannels + 16 * outputChannels + 32 }
    let wide = channels.roundedUp(to: 8)
    let pixels = site.rows.input * site.columns.input
    return (channels % 8 == 0 ? 0 : pixels * wide) + wide * outputChannels + (pixels < 8 ? 0 : 16 * wide)
  }

  /// Input rows, with their padding, of as many output rows as the cache has room for.
  private static func tileRows(_ site: ConvolutionSite, bytesOfRow: Int, room: Int) -> Int {
    let window = site.rows.taps * bytesOfRow
    var outputRows = 1
    if room > 0, bytesOfRow > 0, window <= room {
      outputRows = min((room - window) / (site.rows.stride * bytesOfRow) + 1, site.rows.output)
    }
    return (outputRows - 1) * site.rows.stride + site.rows.taps + 2 * site.rows.paddingBefore
  }
}
