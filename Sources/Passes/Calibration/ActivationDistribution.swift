import Foundation
import Tensors

/// The histogram of an activation as a list of bins, and the ranges that follow from it.
struct ActivationDistribution {
  /// How much more a squared error of clipping counts than one of rounding: clipped numbers are all too small,
  /// so that their errors add up in a layer where those of rounding cancel out.
  private static let clippingWeight = 8.0

  private let bins: [ActivationHistogram.Bin]
  private let zeroCount: Int
  /// The numbers seen, and 0.
  private let range: ClosedRange<Float>
  let count: Int

  /// - Parameter range: the numbers seen, widened to hold 0.
  init(_ histogram: ActivationHistogram, range: ClosedRange<Float>) {
    bins = histogram.bins
    zeroCount = histogram.zeroCount
    count = histogram.count
    self.range = range
  }

  /// The numbers seen, and 0.
  var whole: ClosedRange<Float> { range }

  /// How many numbers fall into each of a number of equal parts of the range; zeros, which are stored exactly, are left
  /// out.
  func linear(_ parts: Int) -> [Double] {
    var counts = [Double](repeating: 0, count: parts)
    let extent = range.upperBound - range.lowerBound
    guard extent > 0 else { return counts }
    func part(_ number: Float) -> Int {
      min(max(Int((number - range.lowerBound) / extent * Float(parts)), 0), parts - 1)
    }
    for bin in bins {
      let (first, last) = (part(bin.center - bin.width / 2), part(bin.center + bin.width / 2))
      for index in first...last { counts[index] += Double(bin.count) / Double(last - first + 1) }
    }
    return counts
  }

  /// The range without a share of the numbers at either end.
  func percentile(_ tail: Double) -> ClosedRange<Float> {
    let limit = Double(count) * tail
    func bound(_ bins: some Sequence<ActivationHistogram.Bin>, _ whole: Float) -> Float {
      var passed = 0.0
      for bin in bins {
        passed += Double(bin.count)
        guard passed > limit else { continue }
        let outer = abs(bin.center) + bin.width / 2
        return min(abs(whole), outer)
      }
      return 0
    }
    let lower = range.lowerBound < 0 ? bound(bins.prefix { $0.center < 0 }, range.lowerBound) : 0
    let upper = range.upperBound > 0 ? bound(bins.reversed().prefix { $0.center > 0 }, range.upperBound) : 0
    return -lower...upper
  }

  /// Sum of the squared distances of the numbers beyond a range.
  func clippingError(_ range: ClosedRange<Float>) -> Double {
    var error = 0.0
    for bin in bins {
      let excess = Double(max(range.lowerBound - bin.center, bin.center - range.upperBound))
      if excess > 0 { error += Self.clippingWeight * Double(bin.count) * excess * excess }
    }
    return error
  }

  /// The expected squared error of all numbers for a range: clipping, and the rounding of even noise.
  func error(_ parameters: AffineParameters) -> Double {
    let noise = Double(parameters.scale) * Double(parameters.scale) / 12
    let limits = parameters.range
    var error = 0.0
    for bin in bins {
      let excess = Double(max(limits.lowerBound - bin.center, bin.center - limits.upperBound))
      let center = Double(bin.center)
      let one = excess > 0 ? Self.clippingWeight * excess * excess : min(noise, center * center)
      error += Double(bin.count) * one
    }
    return error
  }

  /// The range of the least expected squared error, by turns at both ends.
  func leastError(_ type: ElementType) -> ClosedRange<Float> {
    var best = range
    var least = error(AffineParameters(type, covering: range))
    for _ in 0..<2 {
      for isUpper in [true, false] {
        for step in 1..<40 {
          let factor = 1 - Float(step) / 50
          let candidate =
            isUpper
            ? best.lowerBound...range.upperBound * factor : range.lowerBound * factor...best.upperBound
          let error = error(AffineParameters(type, covering: candidate))
          if error < least { (least, best) = (error, candidate) }
        }
      }
    }
    return best
  }
}
