import Foundation
import Tensors

/// How one tensor stores real numbers: real = scale · (stored − zeroPoint).
///
/// The ranges are those of TensorFlow Lite's 8-bit quantization specification: int8 activations use
/// −128...127, symmetric weights −127...127, int16 activations −32767...32767, and 0 is stored exactly.
struct AffineParameters: Hashable, Sendable {
  let elementType: ElementType
  let scale: Float
  let zeroPoint: Int64

  init(_ elementType: ElementType, scale: Float, zeroPoint: Int64) {
    self.elementType = elementType
    self.scale = scale
    self.zeroPoint = zeroPoint
  }

  /// Parameters of an activation whose numbers lie in a range, which is widened to hold 0; 0...1 where all are 0, so
  /// that biases, which are in units of it, stay fine.
  ///
  /// - Parameter elementType: int8 (asymmetric) or int16 (symmetric).
  init(_ elementType: ElementType, covering range: ClosedRange<Float>) {
    let lower = Double(min(range.lowerBound, 0))
    let upper = lower == 0 && range.upperBound <= 0 ? 1 : Double(max(range.upperBound, 0))
    if elementType == .int16 {
      let extent = max(-lower, upper)
      self.init(.int16, scale: Self.usable(extent / 32767), zeroPoint: 0)
      return
    }
    let scale = Self.usable((upper - lower) / 255)
    let zeroPoint = WholeSteps.nearest(-128 - lower / Double(scale), limit: 128)
    self.init(elementType, scale: scale, zeroPoint: Int64(min(zeroPoint, 127)))
  }

  /// A scale that kernels can divide by; 1 for a tensor that is zero everywhere.
  static func usable(_ scale: Double) -> Float {
    guard scale > 0, scale.isFinite else { return 1 }
    return max(Float(scale), 1e-20)
  }

  /// The same numbers around zero, in larger steps.
  func coarser(_ scale: Float) -> AffineParameters {
    let factor = Double(self.scale) / Double(scale)
    guard elementType != .int16 else { return AffineParameters(.int16, scale: scale, zeroPoint: 0) }
    let zeroPoint = WholeSteps.nearest(-128 + factor * Double(self.zeroPoint + 128), limit: 128)
    return AffineParameters(elementType, scale: scale, zeroPoint: Int64(min(zeroPoint, 127)))
  }

  /// What the file stores.
  var quantization: Quantization { Quantization(scales: [scale], zeroPoints: [zeroPoint]) }

  /// The numbers that the type stores.
  var storedRange: ClosedRange<Double> {
    switch elementType {
    case .int16: -32768...32767
    default: -128...127
    }
  }

  /// The real numbers that can be stored.
  var range: ClosedRange<Float> {
    let lower = Float(storedRange.lowerBound - Double(zeroPoint)) * scale
    return lower...max(lower, Float(storedRange.upperBound - Double(zeroPoint)) * scale)
  }

  /// The stored number nearest to a real one; the zero point for what is no number.
  @inline(__always)
  func stored(_ real: Float) -> Int64 {
    let steps = WholeSteps.nearest(Double(real) / Double(scale), limit: 0x1p40) + Double(zeroPoint)
    return Int64(min(max(steps, storedRange.lowerBound), storedRange.upperBound))
  }

  /// What a real number becomes when it is stored and read.
  @inline(__always)
  func rounded(_ real: Float) -> Float { scale * Float(stored(real) - zeroPoint) }

  /// The bytes of a constant.
  func bytes(_ reals: [Float]) -> [UInt8] {
    elementType == .int16
      ? LittleEndian.bytes(reals.map { Int16(truncatingIfNeeded: stored($0)) })
      : reals.map { UInt8(truncatingIfNeeded: stored($0)) }
  }
}

/// Numbers as a file stores them.
enum LittleEndian {
  static func bytes<Element: BitwiseCopyable>(_ elements: [Element]) -> [UInt8] {
    unsafe elements.withUnsafeBytes { unsafe Array($0) }
  }
}
