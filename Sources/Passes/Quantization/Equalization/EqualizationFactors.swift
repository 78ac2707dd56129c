import GraphIR
import Tensors

/// Chooses by how much each channel between two layers is made larger, so that all of them use the whole range
/// in which their tensor is stored.
///
/// A channel that is small beside others loses most of its bits in their scale. Making it larger costs
/// nothing in the first layer, whose weights have a scale by output channel; in the second one its weights
/// get smaller beside others of the same output channel. Of five degrees, from none to full, the one of the
/// least expected noise at the second layer's output is taken (after Nagel et al. 2019 and Xiao et al.,
/// "SmoothQuant", 2023).
struct EqualizationFactors {
  let pair: LayerPair
  let channels: ChannelExtents.Channels
  let isDepthwise: Bool
  /// Into how many steps activations are divided: 255 or 65,534.
  let steps: Double

  /// - Returns: nil where leaving all channels as they are is best.
  func best(_ filter: Value, outputAxis: Int) -> [Float]? {
    let weights = filter.data.elements(Float.self)
    guard let largest = channels.extents.max(), largest > 0, largest.isFinite else { return nil }
    var best: [Float]?
    var least = noise(factors(0, largest), weights, filter, outputAxis, largest)
    for quarters in 1...4 {
      let candidate = factors(quarters, largest)
      let noise = noise(candidate, weights, filter, outputAxis, largest)
      if noise < least * 0.98 { (least, best) = (noise, candidate) }
    }
    return best
  }

  /// Factors of 1 and more, at most 2⁸; 1 for channels that are always zero.
  ///
  /// - Parameter quarters: the degree in quarters, since roots of squares are the same on every machine.
  private func factors(_ quarters: Int, _ largest: Float) -> [Float] {
    channels.extents.map { extent in
      guard extent > 0 else { return 1 }
      let ratio = Double(largest / extent)
      let fourthRoot = ratio.squareRoot().squareRoot()
      return Float(min((0..<quarters).reduce(1) { product, _ in product * fourthRoot }, 256))
    }
  }

  /// The expected noise power at the second layer's output, of stored activations and stored weights.
  private func noise(
    _ factors: [Float], _ weights: [Float], _ filter: Value, _ axis: Int, _ largest: Float
  ) -> Double {
    let dimensions = (filter.dimensions ?? []).map(Int.init)
    let stride = dimensions[(axis + 1)...].reduce(1, *)
    let outputs = dimensions[axis]
    let step = Double(largest) / steps
    var extents = [Double](repeating: 0, count: outputs)
    var squares = [Double](repeating: 0, count: outputs)
    var activation = 0.0
    for (index, weight) in weights.enumerated() {
      let channel = pair.channel(of: index, in: filter, isDepthwise: isDepthwise)
      let output = index / stride % outputs
      let factor = Double(factors[channel])
      let scaled = Double(weight) / factor
      activation += scaled * scaled
      extents[output] = max(extents[output], abs(scaled))
      squares[output] += channels.meanSquare(channel) * factor * factor
    }
    var noise = activation * step * step
    for output in 0..<outputs {
      let weightStep = extents[output] / 127
      noise += weightStep * weightStep * squares[output]
    }
    return noise
  }
}
