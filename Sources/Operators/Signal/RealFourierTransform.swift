import Foundation
import Tensors

/// A Fourier transform between real numbers and the half of a spectrum that they have, as KissFFT computes it: of
/// complex numbers that are two real ones each.
struct RealFourierTransform<Number: FourierNumber>: Sendable {
  /// Real numbers.
  let length: Int
  private let complex: FourierTransform<Number>
  /// Points of the unit circle, real part and imaginary part in turn.
  private let turns: [Number]

  private typealias Point = FourierPoint<Number>

  /// Numbers of a spectrum: two for each frequency.
  var spectrumCount: Int { length + 2 }

  /// - Throws: `unsupported` for a length that TFLM's build cannot transform.
  init(length: Int, isInverse: Bool) throws(KernelError) {
    guard length % 2 == 0 else { throw .unsupported("fft_length is \(length); it must be even") }
    self.length = length
    let size = length / 2
    complex = try FourierTransform(size: size, isInverse: isInverse)
    turns = (0..<size / 2).flatMap { index in
      let angle = -Double.pi * (Double(index + 1) / Double(size) + 0.5)
      let point = Point(angle: isInverse ? -angle : angle)
      return [point.real, point.imaginary]
    }
  }

  /// The spectrum of numbers.
  func spectrum(of numbers: [Number]) -> [Number] {
    let size = complex.size
    let points = complex((0..<size).map { Point(real: numbers[2 * $0], imaginary: numbers[2 * $0 + 1]) })
    var spectrum = [Number](repeating: .zero, count: spectrumCount)
    let first = points[0].share(of: 2)
    spectrum[0] = .sum(first.real, first.imaginary)
    spectrum[2 * size] = .difference(first.real, first.imaginary)
    for index in 1...size / 2 {
      let left = points[index].share(of: 2)
      let right = points[size - index].conjugate.share(of: 2)
      let (sum, turned) = (left + right, (left - right) * turn(index))
      spectrum[2 * index] = .halfSum(sum.real, turned.real)
      spectrum[2 * index + 1] = .halfSum(sum.imaginary, turned.imaginary)
      spectrum[2 * (size - index)] = .halfDifference(sum.real, turned.real)
      spectrum[2 * (size - index) + 1] = .halfDifference(turned.imaginary, sum.imaginary)
    }
    return spectrum
  }

  /// The numbers of a spectrum, times the length for floats.
  func numbers(of spectrum: [Number]) -> [Number] {
    let size = complex.size
    var points = [Point](repeating: .zero, count: size)
    func frequency(_ index: Int) -> Point {
      Point(real: spectrum[2 * index], imaginary: spectrum[2 * index + 1])
    }
    let (first, last) = (spectrum[0], spectrum[2 * size])
    points[0] = Point(real: .sum(first, last), imaginary: .difference(first, last)).share(of: 2)
    for index in 1...size / 2 {
      let left = frequency(index).share(of: 2)
      let right = frequency(size - index).conjugate.share(of: 2)
      let (sum, turned) = (left + right, (left - right) * turn(index))
      points[index] = sum + turned
      points[size - index] = (sum - turned).conjugate
    }
    return complex(points).flatMap { [$0.real, $0.imaginary] }
  }

  private func turn(_ index: Int) -> Point {
    Point(real: turns[2 * (index - 1)], imaginary: turns[2 * (index - 1) + 1])
  }
}

extension NodeContext {
  /// The length of a Fourier transform, from the options.
  func fourierLength() throws(KernelError) -> Int {
    try SignalOptions(self).integer("fft_length", in: 2...1 << 24)
  }

  /// The type that the options name, for a message.
  func fourierRefusal() throws(KernelError) -> KernelError {
    let type = try SignalOptions(self).elementType
    return .unsupportedType(
      "its options name \(type.map { "\($0)" } ?? "no type"), not int16, int32 or float32")
  }
}
