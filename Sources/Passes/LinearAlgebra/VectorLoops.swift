import CKernels
import Operators

/// The inner loops of matrix and gradient arithmetic: C kernels behind checked ranges, whose sums have one
/// order on every machine.
enum VectorLoops {
  /// target[i] += factor · source[i] for a stretch of both.
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
        unsafe nn_doubles_add(second + targetStart, first + sourceStart, factor, count)
      }
    }
  }

  /// target[i] += Σ factors[k · step] · rows[k, i] over the first rows of a matrix, from a column on.
  ///
  /// - Parameters:
  ///   - factorStart: where the first factor stands.
  ///   - inner: how many factors and rows there are.
  ///   - targetStart: where the target starts.
  static func addCombination(
    _ factors: [Double], _ factorStart: Int, step: Int, of inner: Int, rowsOf matrix: Matrix,
    from column: Int, to target: inout [Double], _ targetStart: Int, count: Int
  ) {
    guard inner > 0, count > 0 else { return }
    precondition(
      factorStart >= 0 && step >= 0 && factorStart + (inner - 1) * step < factors.count,
      "factors out of range")
    precondition(
      column >= 0 && column + count <= matrix.columns && inner <= matrix.rows, "source out of range")
    precondition(targetStart >= 0 && targetStart + count <= target.count, "target out of range")
    unsafe factors.withUnsafeBufferPointer { factors in
      unsafe matrix.elements.withUnsafeBufferPointer { source in
        unsafe target.withUnsafeMutableBufferPointer { target in
          guard let first = factors.baseAddress, let from = source.baseAddress, let to = target.baseAddress
          else { return }
          unsafe nn_doubles_combine(
            to + targetStart, 1, first + factorStart, step, from + column, matrix.columns, inner, count)
        }
      }
    }
  }

  /// target[i] += factor · source[i] for a stretch of both, which do not overlap.
  static func addScaled(
    _ factor: Float, _ source: TensorBuffer<Float>, _ sourceStart: Int, to target: TensorBuffer<Float>,
    _ targetStart: Int, count: Int
  ) {
    precondition(sourceStart >= 0 && sourceStart + count <= source.count, "source out of range")
    precondition(targetStart >= 0 && targetStart + count <= target.count, "target out of range")
    unsafe nn_floats_add(target.pointer + targetStart, source.pointer + sourceStart, factor, count)
  }

  /// target[i] = left[i] + factor · right[i] for whole buffers of one length, clamped.
  static func add(
    _ left: TensorBuffer<Float>, _ factor: Float, _ right: TensorBuffer<Float>,
    clampedTo range: ClosedRange<Float>, into target: TensorBuffer<Float>
  ) {
    precondition(left.count == target.count && right.count == target.count, "lengths differ")
    unsafe nn_floats_sum(
      target.pointer, left.pointer, right.pointer, factor, range.lowerBound, range.upperBound, target.count)
  }

  /// target[i] += factor · source[i] for a whole buffer.
  static func add(_ source: TensorBuffer<Float>, scaledBy factor: Float, to target: inout [Float]) {
    precondition(source.count == target.count, "lengths differ")
    unsafe nn_floats_add(&target, source.pointer, factor, source.count)
  }

  /// target[i] = source[i] clamped, for whole buffers.
  static func clamp(
    _ source: TensorBuffer<Float>, to range: ClosedRange<Float>, into target: TensorBuffer<Float>
  ) {
    precondition(source.count == target.count, "lengths differ")
    unsafe nn_floats_clamp(
      target.pointer, source.pointer, range.lowerBound, range.upperBound, target.count)
  }

  /// target[i] += slope[i] where number[i] lies inside a range, its ends left out.
  static func addInside(
    _ range: ClosedRange<Float>, _ number: TensorBuffer<Float>, _ slope: TensorBuffer<Float>,
    to target: TensorBuffer<Float>
  ) {
    precondition(number.count == target.count && slope.count == target.count, "lengths differ")
    unsafe nn_floats_add_inside(
      target.pointer, number.pointer, slope.pointer, range.lowerBound, range.upperBound, target.count)
  }

  /// slope[i] = 0 where number[i] lies at the ends of a range or outside.
  static func clearOutside(
    _ range: ClosedRange<Float>, _ number: TensorBuffer<Float>, _ slope: TensorBuffer<Float>
  ) {
    precondition(number.count == slope.count, "lengths differ")
    unsafe nn_floats_clear_outside(
      slope.pointer, number.pointer, range.lowerBound, range.upperBound, slope.count)
  }
}
