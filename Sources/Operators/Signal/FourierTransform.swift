import Foundation

/// A Fourier transform of complex numbers as KissFFT computes it: decimation in time by factors 4, 2, 3 and 5.
struct FourierTransform<Number: FourierNumber>: Sendable {
  /// Complex numbers.
  let size: Int
  let isInverse: Bool
  /// Factors of the size, in the order in which it is divided.
  private let factors: [Int]
  /// Points of the unit circle, real part and imaginary part in turn.
  private let circle: [Number]

  typealias Point = FourierPoint<Number>

  /// - Throws: `unsupported` for a size with other prime factors, for which TFLM's build has no memory.
  init(size: Int, isInverse: Bool) throws(KernelError) {
    self.size = size
    self.isInverse = isInverse
    factors = Self.factors(of: size)
    guard size > 1, factors.allSatisfy({ $0 <= 5 }) else {
      throw .unsupported("fft_length is \(2 * size); its half must be a product of 2, 3 and 5")
    }
    circle = (0..<size).flatMap { index in
      let angle = -2 * Double.pi * Double(index) / Double(size)
      let point = Point(angle: isInverse ? -angle : angle)
      return [point.real, point.imaginary]
    }
  }

  private static func factors(of size: Int) -> [Int] {
    var (rest, factor, factors) = (size, 4, [Int]())
    let root = Int(Double(size).squareRoot())
    while rest > 1 {
      while rest % factor != 0 {
        factor = factor == 4 ? 2 : factor == 2 ? 3 : factor + 2
        if factor > root { factor = rest }
      }
      rest /= factor
      factors.append(factor)
    }
    return factors
  }

  /// Transforms numbers.
  ///
  /// - Precondition: there are `size` of them.
  func callAsFunction(_ input: [Point]) -> [Point] {
    var output = [Point](repeating: .zero, count: size)
    transform(input, from: 0, stride: 1, level: 0, count: size, to: &output, at: 0)
    return output
  }

  /// Transforms every `stride`-th number: as many transforms as the level's factor, and what joins them.
  private func transform(
    _ input: [Point], from first: Int, stride: Int, level: Int, count: Int, to output: inout [Point],
    at start: Int
  ) {
    let factor = factors[level]
    let part = count / factor
    for index in 0..<factor {
      let (source, target) = (first + index * stride, start + index * part)
      if part == 1 {
        output[target] = input[source]
      } else {
        transform(
          input, from: source, stride: stride * factor, level: level + 1, count: part, to: &output,
          at: target)
      }
    }
    for index in start..<start + part {
      let turn = (index - start) * stride
      switch factor {
      case 2: joinTwo(&output, index, part, turn)
      case 3: joinThree(&output, index, part, turn, stride)
      case 4: joinFour(&output, index, part, turn)
      default: joinFive(&output, index, part, turn, stride)
      }
    }
  }

  @inline(__always)
  private func point(_ index: Int) -> Point {
    Point(real: circle[2 * index], imaginary: circle[2 * index + 1])
  }

  private func joinTwo(_ points: inout [Point], _ index: Int, _ part: Int, _ turn: Int) {
    let first = points[index].share(of: 2)
    let second = points[index + part].share(of: 2) * point(turn)
    points[index + part] = first - second
    points[index] = first + second
  }

  private func joinThree(
    _ points: inout [Point], _ index: Int, _ part: Int, _ turn: Int, _ stride: Int
  ) {
    let first = points[index].share(of: 3)
    let second = points[index + part].share(of: 3) * point(turn)
    let third = points[index + 2 * part].share(of: 3) * point(2 * turn)
    let sum = second + third
    let side = (second - third).scaled(point(stride * part).imaginary)
    let middle = first - sum.half
    points[index] = first + sum
    points[index + 2 * part] = middle - side.turned
    points[index + part] = middle + side.turned
  }

  private func joinFour(_ points: inout [Point], _ index: Int, _ part: Int, _ turn: Int) {
    let first = points[index].share(of: 4)
    let second = points[index + part].share(of: 4) * point(turn)
    let third = points[index + 2 * part].share(of: 4) * point(2 * turn)
    let fourth = points[index + 3 * part].share(of: 4) * point(3 * turn)
    let (even, odd) = (first + third, second + fourth)
    let (evenSide, oddSide) = (first - third, (second - fourth).turned)
    points[index] = even + odd
    points[index + 2 * part] = even - odd
    points[index + part] = isInverse ? evenSide + oddSide : evenSide - oddSide
    points[index + 3 * part] = isInverse ? evenSide - oddSide : evenSide + oddSide
  }

  private func joinFive(
    _ points: inout [Point], _ index: Int, _ part: Int, _ turn: Int, _ stride: Int
  ) {
    let (near, far) = (point(stride * part), point(2 * stride * part))
    let first = points[index].share(of: 5)
    let others = (1...4).map { points[index + $0 * part].share(of: 5) * point($0 * turn) }
    let (outer, inner) = (others[0] + others[3], others[1] + others[2])
    let (outerSide, innerSide) = (others[0] - others[3], others[1] - others[2])
    points[index] = first + (outer + inner)
    let nearSum = first + outer.scaled(near.real) + inner.scaled(far.real)
    let farSum = first + outer.scaled(far.real) + inner.scaled(near.real)
    let nearSide = outerSide.scaled(near.imaginary) + innerSide.scaled(far.imaginary)
    let farSide = innerSide.scaled(near.imaginary) - outerSide.scaled(far.imaginary)
    points[index + part] = nearSum + nearSide.turned
    points[index + 4 * part] = nearSum - nearSide.turned
    points[index + 2 * part] = farSum - farSide.turned
    points[index + 3 * part] = farSum + farSide.turned
  }
}
