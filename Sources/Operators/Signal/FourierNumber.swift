import Foundation

/// What the parts of complex numbers are in a Fourier transform, with the arithmetic of KissFFT as TFLM builds it.
protocol FourierNumber: BitwiseCopyable, Sendable {
  /// A cosine or sine as a factor.
  init(factor: Double)

  static var zero: Self { get }

  static func sum(_ left: Self, _ right: Self) -> Self
  static func difference(_ left: Self, _ right: Self) -> Self
  static func opposite(_ number: Self) -> Self
  /// A number times a factor.
  static func product(_ number: Self, _ factor: Self) -> Self
  /// The difference of two products, rounded once.
  static func productDifference(_ a: Self, _ b: Self, _ c: Self, _ d: Self) -> Self
  /// The sum of two products, rounded once.
  static func productSum(_ a: Self, _ b: Self, _ c: Self, _ d: Self) -> Self
  static func halfSum(_ left: Self, _ right: Self) -> Self
  static func halfDifference(_ left: Self, _ right: Self) -> Self

  var half: Self { get }

  /// A number of an inverse transform without the factor that such a transform gives: floats have it, fixed point has
  /// its shares.
  func unscaled(by length: Int) -> Self

  /// A share that keeps sums of so many numbers within the type; floats need none.
  func share(of count: Int) -> Self
}

/// Fixed point with all bits but the sign behind the point.
protocol FixedFourierNumber: FourierNumber, FixedWidthInteger, SignedInteger {}

extension FixedFourierNumber {
  init(factor: Double) { self = Self(clamping: Int64((0.5 + Double(Self.max) * factor).rounded(.down))) }

  @inline(__always)
  static func sum(_ left: Self, _ right: Self) -> Self { left &+ right }

  @inline(__always)
  static func difference(_ left: Self, _ right: Self) -> Self { left &- right }

  @inline(__always)
  static func opposite(_ number: Self) -> Self { 0 &- number }

  @inline(__always)
  static func product(_ number: Self, _ factor: Self) -> Self { rounded(Int64(number) &* Int64(factor)) }

  @inline(__always)
  static func productDifference(_ a: Self, _ b: Self, _ c: Self, _ d: Self) -> Self {
    rounded(Int64(a) &* Int64(b) &- Int64(c) &* Int64(d))
  }

  @inline(__always)
  static func productSum(_ a: Self, _ b: Self, _ c: Self, _ d: Self) -> Self {
    rounded(Int64(a) &* Int64(b) &+ Int64(c) &* Int64(d))
  }

  @inline(__always)
  var half: Self { self >> 1 }

  @inline(__always)
  func share(of count: Int) -> Self { Self.rounded(Int64(self) &* (Int64(Self.max) / Int64(count))) }

  @inline(__always)
  func unscaled(by length: Int) -> Self { self }

  @inline(__always)
  private static func rounded(_ product: Int64) -> Self {
    let bits = Int64(bitWidth - 1)
    return Self(truncatingIfNeeded: (product &+ 1 << (bits - 1)) >> bits)
  }
}

extension Int16: FixedFourierNumber {
  @inline(__always)
  static func halfSum(_ left: Int16, _ right: Int16) -> Int16 {
    Int16(truncatingIfNeeded: (Int32(left) + Int32(right)) >> 1)
  }

  @inline(__always)
  static func halfDifference(_ left: Int16, _ right: Int16) -> Int16 {
    Int16(truncatingIfNeeded: (Int32(left) - Int32(right)) >> 1)
  }
}

extension Int32: FixedFourierNumber {
  @inline(__always)
  static func halfSum(_ left: Int32, _ right: Int32) -> Int32 { (left &+ right) >> 1 }

  @inline(__always)
  static func halfDifference(_ left: Int32, _ right: Int32) -> Int32 { (left &- right) >> 1 }
}

extension Float: FourierNumber {
  init(factor: Double) { self = Float(factor) }

  @inline(__always)
  static func sum(_ left: Float, _ right: Float) -> Float { left + right }

  @inline(__always)
  static func difference(_ left: Float, _ right: Float) -> Float { left - right }

  @inline(__always)
  static func opposite(_ number: Float) -> Float { -number }

  @inline(__always)
  static func product(_ number: Float, _ factor: Float) -> Float { number * factor }

  @inline(__always)
  static func productDifference(_ a: Float, _ b: Float, _ c: Float, _ d: Float) -> Float { a * b - c * d }

  @inline(__always)
  static func productSum(_ a: Float, _ b: Float, _ c: Float, _ d: Float) -> Float { a * b + c * d }

  @inline(__always)
  static func halfSum(_ left: Float, _ right: Float) -> Float { (left + right) * 0.5 }

  @inline(__always)
  static func halfDifference(_ left: Float, _ right: Float) -> Float { (left - right) * 0.5 }

  @inline(__always)
  var half: Float { self * 0.5 }

  @inline(__always)
  func share(of count: Int) -> Float { self }

  @inline(__always)
  func unscaled(by length: Int) -> Float { self / Float(length) }
}

/// A complex number.
struct FourierPoint<Number: FourierNumber>: Sendable {
  var real: Number
  var imaginary: Number

  static var zero: FourierPoint { FourierPoint(real: .zero, imaginary: .zero) }

  /// The point of the unit circle at an angle.
  init(angle: Double) {
    real = Number(factor: cos(angle))
    imaginary = Number(factor: sin(angle))
  }

  @inline(__always)
  init(real: Number, imaginary: Number) {
    self.real = real
    self.imaginary = imaginary
  }

  @inline(__always)
  static func + (left: FourierPoint, right: FourierPoint) -> FourierPoint {
    FourierPoint(
      real: .sum(left.real, right.real), imaginary: .sum(left.imaginary, right.imaginary))
  }

  @inline(__always)
  static func - (left: FourierPoint, right: FourierPoint) -> FourierPoint {
    FourierPoint(
      real: .difference(left.real, right.real), imaginary: .difference(left.imaginary, right.imaginary))
  }

  @inline(__always)
  static func * (left: FourierPoint, right: FourierPoint) -> FourierPoint {
    FourierPoint(
      real: .productDifference(left.real, right.real, left.imaginary, right.imaginary),
      imaginary: .productSum(left.real, right.imaginary, left.imaginary, right.real))
  }

  /// Both parts times one factor.
  @inline(__always)
  func scaled(_ factor: Number) -> FourierPoint {
    FourierPoint(real: .product(real, factor), imaginary: .product(imaginary, factor))
  }

  @inline(__always)
  func share(of count: Int) -> FourierPoint {
    FourierPoint(real: real.share(of: count), imaginary: imaginary.share(of: count))
  }

  @inline(__always)
  var half: FourierPoint { FourierPoint(real: real.half, imaginary: imaginary.half) }

  @inline(__always)
  var conjugate: FourierPoint {
    FourierPoint(real: real, imaginary: .opposite(imaginary))
  }

  /// The point a quarter of a turn further.
  @inline(__always)
  var turned: FourierPoint { FourierPoint(real: .opposite(imaginary), imaginary: real) }
}
