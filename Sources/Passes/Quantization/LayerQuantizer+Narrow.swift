import GraphIR

/// Weights of 4 bits: few steps, so that the largest weights are cut off where that serves the others.
extension LayerQuantizer {
  /// Shares of the largest weight that the largest step may stand for.
  private static let shares = (0...20).map { 1 - 0.03 * Float($0) }

  /// By channel, the magnitude of the largest step with the least error of all weights, each counted as the square
  /// of what it multiplies; the same for all channels where they share a scale.
  ///
  /// - Parameter largest: the largest magnitude of each channel.
  func narrowExtents(
    _ largest: [Float], _ weights: [Float], _ stride: Int, _ metric: RoundingMetric?
  ) -> [Float] {
    let rows = Self.rows(weights, stride, channels: largest.count)
    let squares = largest.indices.map { metric?.squares(channel: $0) }
    func error(_ channel: Int, _ extent: Float) -> Double {
      let scale = Double(extent) / width.limit
      guard scale > 0 else { return 0 }
      return rows[channel].enumerated().reduce(0) { sum, entry in
        let weight = Double(entry.element)
        let stored = WholeSteps.nearest(weight / scale, limit: width.limit) * scale
        return sum + (weight - stored) * (weight - stored) * (squares[channel]?[entry.offset] ?? 1)
      }
    }
    guard !isPerChannel else {
      return largest.enumerated().map { channel, extent in
        Self.shares.map { $0 * extent }.min { error(channel, $0) < error(channel, $1) } ?? extent
      }
    }
    let top = largest.max() ?? 0
    let common = Self.shares.map { share in
      (extent: share * top, error: largest.indices.reduce(0) { $0 + error($1, share * top) })
    }
    let best = common.min { $0.error < $1.error }?.extent ?? top
    return [Float](repeating: best, count: largest.count)
  }

  /// The mean square of the layer's outputs over that of their errors; infinite without errors.
  func signalToNoise(_ value: Value, _ filter: Filter, _ metric: RoundingMetric?) -> Double {
    let weights = value.data.elements(Float.self)
    let rows = Self.rows(weights, filter.stride, channels: filter.channels)
    let stored = Self.rows(filter.stored, filter.stride, channels: filter.channels)
    var (signal, noise) = (0.0, 0.0)
    for channel in rows.indices {
      let real = rows[channel].map(Double.init)
      let rounded = stored[channel].map { Double($0) * Double(filter.scales[channel]) }
      let zeros = [Double](repeating: 0, count: real.count)
      signal += metric?.error(real, zeros, channel: channel) ?? zip(real, real).reduce(0) { $0 + $1.0 * $1.1 }
      noise +=
        metric?.error(real, rounded, channel: channel)
        ?? zip(real, rounded).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    return noise > 0 ? signal / noise : .infinity
  }

  /// The numbers of each channel, in their order.
  private static func rows<Number>(_ numbers: [Number], _ stride: Int, channels: Int) -> [[Number]] {
    var rows = [[Number]](repeating: [], count: channels)
    for (index, number) in numbers.enumerated() { rows[index / stride % channels].append(number) }
    return rows
  }
}
