/// How LiteRT quantizes float activations on the fly before it multiplies them with int8 weights.
package struct HybridQuantizer: Sendable {
  /// Whether a zero point uses the whole range (`asymmetric_quantize_inputs`).
  package let isAsymmetric: Bool

  package init(isAsymmetric: Bool) { self.isAsymmetric = isAsymmetric }

  /// A quantized vector's real value is scale · (stored − offset).
  package struct Parameters: Sendable, Equatable {
    package let scale: Float
    package let offset: Int32

    package init(scale: Float, offset: Int32) {
      self.scale = scale
      self.offset = offset
    }
  }

  /// Quantizes a range of a vector (`SymmetricQuantizeFloats`, `AsymmetricQuantizeFloats`).
  ///
  /// - Precondition: `target` has room for the range's elements behind `start`.
  package func quantize(
    _ source: TensorBuffer<Float>, _ range: Range<Int>, into target: TensorBuffer<Int8>, at start: Int = 0
  ) -> Parameters {
    let parameters = parameters(of: source, range)
    let lower: Float = isAsymmetric ? -128 : -127
    let inverse = isAsymmetric ? 1 / parameters.scale : parameters.inverse
    for index in range {
      let steps = (source[index] * inverse).rounded(.toNearestOrAwayFromZero)
      let rounded = Float(parameters.offset) + steps
      let clamped = rounded < lower ? lower : rounded > 127 ? 127 : rounded
      target[start + index - range.lowerBound] = clamped.isNaN ? 0 : Int8(clamped)
    }
    return Parameters(scale: parameters.scale, offset: parameters.offset)
  }

  private func parameters(
    of source: TensorBuffer<Float>, _ range: Range<Int>
  ) -> (scale: Float, offset: Int32, inverse: Float) {
    var least: Float = .infinity
    var largest: Float = -.infinity
    for index in range {
      least = min(least, source[index])
      largest = max(largest, source[index])
    }
    return isAsymmetric ? Self.asymmetric(least, largest) : Self.symmetric(least, largest)
  }

  private static func symmetric(_ least: Float, _ largest: Float) -> (Float, Int32, Float) {
    let extent = max(abs(least), abs(largest))
    guard extent > 0, extent.isFinite else { return (1, 0, 0) }
    return (extent / 127, 0, 127 / extent)
  }

  private static func asymmetric(_ least: Float, _ largest: Float) -> (Float, Int32, Float) {
    let lower = Double(min(0, least))
    let upper = Double(max(0, largest))
    guard lower < upper, lower.isFinite, upper.isFinite else { return (1, 0, 0) }
    let scale = (upper - lower) / 255
    let fromLower = -128 - lower / scale
    let fromUpper = 127 - upper / scale
    let isLowerBetter = 128 + abs(lower / scale) < 127 + abs(upper / scale)
    let zeroPoint = isLowerBetter ? fromLower : fromUpper
    let nudged = min(max(zeroPoint, -128), 127).rounded(.toNearestOrAwayFromZero)
    return (Float(scale), Int32(nudged), 0)
  }
}

/// A product of an int8 matrix with a hybrid-quantized vector.
extension HybridQuantizer.Parameters {
  /// One row's product as a real number, before the weights' scale: integers are exact.
  ///
  /// - Parameters:
  ///   - weights: the matrix; the row starts at `row`.
  ///   - vector: the quantized vector; it starts at `start`.
  @inline(__always)
  package func dot(
    _ weights: TensorBuffer<Int8>, row: Int, _ vector: TensorBuffer<Int8>, start: Int, count: Int
  ) -> Int32 {
    var sum: Int32 = 0
    var rowSum: Int32 = 0
    for index in 0..<count {
      let weight = Int32(weights[row + index])
      sum &+= weight &* Int32(vector[start + index])
      rowSum &+= weight
    }
    return sum &- rowSum &* offset
  }
}
