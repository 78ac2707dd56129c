/// A type from which and to which CAST converts.
protocol CastElement: BitwiseCopyable, Sendable {
  var castValue: CastValue { get }

  init(cast integer: Int64)
  init(cast real: Float)
}

/// An element as one of the two types that hold all.
enum CastValue {
  case integer(Int64)
  case real(Float)
}

/// A bool as it is stored: zero is false.
struct BoolByte: CastElement {
  private let byte: UInt8

  @inline(__always)
  init(cast integer: Int64) { byte = integer == 0 ? 0 : 1 }

  @inline(__always)
  init(cast real: Float) { byte = real == 0 ? 0 : 1 }

  @inline(__always)
  var castValue: CastValue { .integer(byte == 0 ? 0 : 1) }
}

extension CastElement where Self: FixedWidthInteger {
  @inline(__always)
  init(cast integer: Int64) { self.init(truncatingIfNeeded: integer) }

  /// Saturates; NaN gives the largest number, as in LiteRT.
  @inline(__always)
  init(cast real: Float) {
    self =
      real < Float(Self.max)
      ? (real > Float(Self.min) ? Self(truncatingIfNeeded: Int64(real)) : .min)
      : .max
  }

  @inline(__always)
  var castValue: CastValue { .integer(Int64(self)) }
}

extension Int8: CastElement {}
extension Int16: CastElement {}
extension Int32: CastElement {}
extension Int64: CastElement {}
extension UInt8: CastElement {}
extension UInt32: CastElement {}

extension Float: CastElement {
  @inline(__always)
  init(cast integer: Int64) { self.init(integer) }

  @inline(__always)
  init(cast real: Float) { self = real }

  @inline(__always)
  var castValue: CastValue { .real(self) }
}

extension Float16: CastElement {
  @inline(__always)
  init(cast integer: Int64) { self.init(Float(integer)) }

  @inline(__always)
  init(cast real: Float) { self.init(real) }

  @inline(__always)
  var castValue: CastValue { .real(Float(self)) }
}
