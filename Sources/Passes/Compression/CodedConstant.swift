import GraphIR
import Operators
import Tensors

/// A constant as DECODE reads it.
struct CodedConstant: Equatable {
  let coding: WeightCoding
  /// Code words, a mask or indices.
  let encoded: [UInt8]
  /// The header, then tables or values.
  let ancillary: [UInt8]

  var byteCount: Int { encoded.count + ancillary.count }

  /// What DECODE makes of it.
  ///
  /// - Parameter result: type, shape and scales of the tensor.
  func decoded(as result: Value) throws(KernelError) -> [UInt8] {
    try CodedTensor(encoded: encoded[...], ancillary: ancillary[...], result: result).decoded()
  }
}

/// A constant's elements as words of their bits, whatever they mean.
struct ConstantWords {
  let words: [UInt64]
  /// Bytes of an element.
  let width: Int

  /// - Returns: nil for elements that are no whole bytes, or do not fill the shape.
  init?(_ value: Value) {
    guard let bits = value.elementType.bitWidth, [8, 16, 32, 64].contains(bits),
      let count = value.shape?.elementCount, value.data.byteCount >= value.byteCount
    else { return nil }
    width = bits / 8
    words =
      switch bits {
      case 8: value.data.elements(UInt8.self).prefix(count).map(UInt64.init)
      case 16: value.data.elements(UInt16.self).prefix(count).map(UInt64.init)
      case 32: value.data.elements(UInt32.self).prefix(count).map(UInt64.init)
      default: Array(value.data.elements(UInt64.self).prefix(count))
      }
  }

  /// The bytes of an element, the lowest first.
  func bytes(of word: UInt64) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
  }
}
