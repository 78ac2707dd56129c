extension ActivationDistribution {
  /// The range whose stored distribution has the least Kullback–Leibler divergence from the real one.
  ///
  /// The numbers are spread over 1,024 bins of one width; for each of 32 ranges, clipped at either end in
  /// proportion, those within are merged to 256 levels and spread again over the bins that are not empty.
  func leastDivergence() -> ClosedRange<Float> {
    let counts = linear(Self.linearBins)
    var best = whole
    var least = Double.infinity
    for step in (Self.linearBins / 32...Self.linearBins).reversed()
    where step % (Self.linearBins / 32) == 0 && step >= 256 {
      let share = Float(step) / Float(Self.linearBins)
      let divergence = divergence(counts, bins(covering: share))
      if divergence < least {
        (least, best) = (divergence, whole.lowerBound * share...whole.upperBound * share)
      }
    }
    return best
  }

  private static let linearBins = 1024

  /// The bins of a range that is a share of the whole one, around zero.
  private func bins(covering share: Float) -> Range<Int> {
    let extent = whole.upperBound - whole.lowerBound
    let zero = extent > 0 ? -whole.lowerBound / extent * Float(Self.linearBins) : 0
    let lower = Int((zero * (1 - share)).rounded())
    let count = Int((Float(Self.linearBins) * share).rounded())
    return lower..<min(lower + count, Self.linearBins)
  }

  private func divergence(_ counts: [Double], _ range: Range<Int>) -> Double {
    var real = Array(counts[range])
    real[0] += counts[..<range.lowerBound].reduce(0, +)
    real[real.count - 1] += counts[range.upperBound...].reduce(0, +)
    var stored = [Double](repeating: 0, count: real.count)
    for level in 0..<256 {
      let part = level * real.count / 256..<(level + 1) * real.count / 256
      let filled = part.count { counts[range.lowerBound + $0] > 0 }
      let sum = part.reduce(0) { $0 + counts[range.lowerBound + $1] }
      for bin in part where counts[range.lowerBound + bin] > 0 { stored[bin] = sum / Double(filled) }
    }
    let (realTotal, storedTotal) = (real.reduce(0, +), stored.reduce(0, +))
    guard realTotal > 0, storedTotal > 0 else { return .infinity }
    var divergence = 0.0
    for bin in real.indices where real[bin] > 0 {
      let p = real[bin] / realTotal
      let q = max(stored[bin] / storedTotal, 1e-12)
      divergence += p * PortableMath.logarithm(p / q)
    }
    return divergence
  }
}
