import Tensors

/// Finds the range of an activation that its stored numbers should cover.
struct RangeSearch {
  let elementType: ElementType
  let method: RangeMethod

  /// - Parameter statistics: what calibration remembers of all values that share the range.
  /// - Returns: 0...0 where no number was seen.
  func range(_ statistics: [ValueStatistics]) -> ClosedRange<Float> {
    var histogram = ActivationHistogram()
    for value in statistics { histogram.merge(value.histogram) }
    guard let seen = histogram.range else { return 0...0 }
    let whole = min(seen.lowerBound, 0)...max(seen.upperBound, 0)
    guard elementType != .int16 else { return whole }
    let distribution = ActivationDistribution(histogram, range: whole)
    switch method {
    case .minMax, .auto: return whole
    case .percentile: return distribution.percentile(Self.tail)
    case .meanSquaredError: return distribution.leastError(elementType)
    case .divergence: return distribution.leastDivergence()
    case .best:
      let candidates = [
        whole, distribution.leastError(elementType), distribution.percentile(Self.tail),
        distribution.leastDivergence(),
      ]
      return best(of: candidates, kept: statistics.flatMap(\.kept), distribution)
    }
  }

  /// The share of numbers at either end that percentiles leave out.
  private static let tail = 1e-4

  /// The first candidate of the least measured error.
  private func best(
    of candidates: [ClosedRange<Float>], kept: [Float], _ distribution: ActivationDistribution
  ) -> ClosedRange<Float> {
    var best = candidates[0]
    var least = Double.infinity
    for candidate in candidates {
      let parameters = AffineParameters(elementType, covering: candidate)
      var error = distribution.clippingError(parameters.range) / Double(max(distribution.count, 1))
      var rounding = 0.0
      for number in kept where parameters.range.contains(number) {
        let difference = Double(number - parameters.rounded(number))
        rounding += difference * difference
      }
      error += rounding / Double(max(kept.count, 1))
      if error < least { (least, best) = (error, candidate) }
    }
    return best
  }
}
