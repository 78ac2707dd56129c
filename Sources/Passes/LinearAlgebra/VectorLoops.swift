import Operators

/// The inner loops of matrix and gradient arithmetic: no reductions, so that they vectorize and their
/// sums have one order on every machine.
enum VectorLoops {
  /// target[i] += factor · source[i] for a stretch of both.
  @inline(__always)
  static func addScaled(
    _ factor: Double, _ source: [Double], _ sourceStart: Int, to target: inout [Double], _ targetStart: Int,
    count: Int
  ) {
    guard factor != 0 else { return }
    precondition(sourceStart >= 0 && sourceStart + count <= source.count, "source out of range")
    precondition(targetStart >= 0 && targetStart + count <= target.count, "target out of range")
    unsafe source.withUnsafeBufferPointer { source in
      unsafe target.withUnsafeMutableBufferPointer { target in
        guard let first = source.baseAddress, let second = target.baseAddress else { return }
        let from = unsafe first + sourceStart
        let to = unsafe second + targetStart
        for index in 0..<count { unsafe to[index] += factor * from[index] }
      }
    }
  }

  /// target[i] += factor · source[i] for a stretch of both, which do not overlap.
  @inline(__always)
  static func addScaled(
    _ factor: Float, _ source: TensorBuffer<Float>, _ sourceStart: Int, to target: TensorBuffer<Float>,
    _ targetStart: Int, count: Int
  ) {
    precondition(sourceStart >= 0 && sourceStart + count <= source.count, "source out of range")
    precondition(targetStart >= 0 && targetStart + count <= target.count, "target out of range")
    let from = unsafe source.pointer + sourceStart
    let to = unsafe target.pointer + targetStart
    for index in 0..<count { unsafe to[index] += factor * from[index] }
  }

  /// target[i] = left[i] + sign · right[i] for whole buffers of one length.
  static func add(
    _ left: TensorBuffer<Float>, _ sign: Float, _ right: TensorBuffer<Float>, to target: TensorBuffer<Float>
  ) {
    precondition(left.count == target.count && right.count == target.count, "lengths differ")
    let (first, second, to) = unsafe (left.pointer, right.pointer, target.pointer)
    for index in 0..<target.count { unsafe to[index] = first[index] + sign * second[index] }
  }

  /// target[i] += source[i] for a whole buffer.
  static func add(_ source: TensorBuffer<Float>, to target: inout [Float]) {
    precondition(source.count == target.count, "lengths differ")
    unsafe target.withUnsafeMutableBufferPointer { target in
      guard let to = target.baseAddress else { return }
      let from = unsafe source.pointer
      for index in 0..<source.count { unsafe to[index] += from[index] }
    }
  }

  /// Clamps whole buffers: target[i] = source[i] clamped.
  static func clamp(
    _ source: TensorBuffer<Float>, to range: ClosedRange<Float>, into target: TensorBuffer<Float>
  ) {
    precondition(source.count == target.count, "lengths differ")
    let (from, to) = unsafe (source.pointer, target.pointer)
    let (lower, upper) = (range.lowerBound, range.upperBound)
    for index in 0..<target.count { unsafe to[index] = min(max(from[index], lower), upper) }
  }

  /// target[i] += slope[i] where number[i] lies inside a range, its ends left out.
  static func addInside(
    _ range: ClosedRange<Float>, _ number: TensorBuffer<Float>, _ slope: TensorBuffer<Float>,
    to target: TensorBuffer<Float>
  ) {
    precondition(number.count == target.count && slope.count == target.count, "lengths differ")
    let (numbers, slopes, to) = unsafe (number.pointer, slope.pointer, target.pointer)
    let (lower, upper) = (range.lowerBound, range.upperBound)
    for index in 0..<target.count {
      let x = unsafe numbers[index]
      unsafe to[index] += x > lower && x < upper ? slopes[index] : 0
    }
  }

  /// slope[i] = 0 where number[i] lies at the ends of a range or outside.
  static func clearOutside(
    _ range: ClosedRange<Float>, _ number: TensorBuffer<Float>, _ slope: TensorBuffer<Float>
  ) {
    precondition(number.count == slope.count, "lengths differ")
    let (numbers, slopes) = unsafe (number.pointer, slope.pointer)
    let (lower, upper) = (range.lowerBound, range.upperBound)
    for index in 0..<slope.count {
      let x = unsafe numbers[index]
      unsafe slopes[index] = x > lower && x < upper ? slopes[index] : 0
    }
  }

  /// target[i] += left[i] · right[i] for a stretch of all three, which do not overlap.
  @inline(__always)
  static func addProduct(
    _ left: TensorBuffer<Float>, _ leftStart: Int, _ right: TensorBuffer<Float>, _ rightStart: Int,
    to target: TensorBuffer<Float>, _ targetStart: Int, count: Int
  ) {
    precondition(leftStart >= 0 && leftStart + count <= left.count, "left out of range")
    precondition(rightStart >= 0 && rightStart + count <= right.count, "right out of range")
    precondition(targetStart >= 0 && targetStart + count <= target.count, "target out of range")
    let first = unsafe left.pointer + leftStart
    let second = unsafe right.pointer + rightStart
    let to = unsafe target.pointer + targetStart
    for index in 0..<count { unsafe to[index] += first[index] * second[index] }
  }
}
