extension PixelImage {
  /// The image with other channels: gray is the luma 0.299 R + 0.587 G + 0.114 B, rounded.
  package func converted(toChannels count: Int) -> PixelImage {
    guard count != channels else { return self }
    var result: [UInt8] = []
    result.reserveCapacity(width * height * count)
    for pixel in 0..<width * height {
      if count == 1 {
        let weighted = [19595, 38470, 7471].enumerated().reduce(0x8000) {
          $0 + $1.1 * Int(pixels[3 * pixel + $1.0])
        }
        result.append(UInt8(weighted >> 16))
      } else {
        for _ in 0..<count { result.append(pixels[pixel]) }
      }
    }
    return PixelImage(width: width, height: height, channels: count, pixels: result)
  }

  /// The image in another size, whatever its proportions: bilinear between pixel centers, without
  /// smoothing before shrinking, rounded to 8 bits.
  package func resized(width newWidth: Int, height newHeight: Int) -> PixelImage {
    guard newWidth != width || newHeight != height else { return self }
    let columns = Self.taps(from: width, to: newWidth)
    var result: [UInt8] = []
    result.reserveCapacity(newWidth * newHeight * channels)
    for row in Self.taps(from: height, to: newHeight) {
      for column in columns {
        for channel in 0..<channels {
          let upper = blend(row.first, column, channel)
          let lower = blend(row.second, column, channel)
          result.append(UInt8(upper + (lower - upper) * row.weight + 0.5))
        }
      }
    }
    return PixelImage(width: newWidth, height: newHeight, channels: channels, pixels: result)
  }

  /// Two neighbors along an axis, and the weight of the second.
  private struct Tap {
    let first: Int
    let second: Int
    let weight: Float
  }

  private static func taps(from size: Int, to newSize: Int) -> [Tap] {
    let scale = Float(size) / Float(newSize)
    return (0..<newSize).map { index in
      let center = min(max((Float(index) + 0.5) * scale - 0.5, 0), Float(size - 1))
      let first = Int(center)
      return Tap(first: first, second: min(first + 1, size - 1), weight: center - Float(first))
    }
  }

  private func blend(_ row: Int, _ column: Tap, _ channel: Int) -> Float {
    let left = Float(pixels[(row * width + column.first) * channels + channel])
    let right = Float(pixels[(row * width + column.second) * channels + channel])
    return left + (right - left) * column.weight
  }
}
