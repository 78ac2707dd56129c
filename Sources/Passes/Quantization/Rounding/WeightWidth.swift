import Tensors

/// How many bits the weights of layers take; TFLM and LiteRT know no others beside int8 activations.
package enum WeightWidth: String, Sendable, Hashable, CaseIterable {
  case int8
  /// Two weights to a byte. For CONV_2D, and FULLY_CONNECTED with one scale; other layers keep int8.
  case int4

  /// The largest magnitude that is stored; the other end of the type stays unused.
  var limit: Double { self == .int8 ? 127 : 7 }

  var elementType: ElementType { self == .int8 ? .int8 : .int4 }

  /// Stored weights as the bytes of a file; of two in a byte the first has the low bits.
  func bytes(_ stored: [Int8]) -> [UInt8] {
    guard self == .int4 else { return stored.map { UInt8(bitPattern: $0) } }
    return stride(from: 0, to: stored.count, by: 2).map { index in
      let low = UInt8(bitPattern: stored[index]) & 0xF
      let high = index + 1 < stored.count ? UInt8(bitPattern: stored[index + 1]) << 4 : 0
      return high | low
    }
  }

  /// The bytes of weights that `bytes` has put two to a byte.
  static func unpacked(_ packed: [UInt8], count: Int) -> [UInt8] {
    (0..<count).map { index in
      let byte = index / 2 < packed.count ? packed[index / 2] : 0
      let high = Int8(bitPattern: index % 2 == 0 ? byte << 4 : byte & 0xF0)
      return UInt8(bitPattern: high >> 4)
    }
  }
}
